"""How our code is written: sizes, docstrings, types, no printing, no swallowed errors."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator

FILE_LINES, FUNCTION_LINES, FUNCTION_LINES_P95 = 400, 80, 45
TALKATIVE = ("training/", "src/waqai/cli/", "tools/", "benchmarks/")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.ClassDef | Function]]:
    """Public classes, functions and methods, with their names; not what is nested in functions."""
    for node in body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{node.name}.")


def test_files_are_short(ours, modules, verdict):
    watched = [m for m in modules if m.name or m.path.startswith(("tools/", "benchmarks/", "examples/"))]
    verdict(
        (f"{m.path}: {m.lines} lines" for m in watched if m.lines > FILE_LINES),
        f"a file has at most {FILE_LINES} lines: split it by what its parts do, not by size.",
    )


def test_functions_are_short(modules, verdict):
    watched = [m for m in modules if not m.path.startswith("tests/")]
    verdict(
        (f"{m.path}:{f.lineno}: {f.name} has {length(f)} lines" for m in watched for f in functions(m.tree) if length(f) > FUNCTION_LINES),
        f"a function has at most {FUNCTION_LINES} lines: name its steps and make each a function.",
    )


def test_most_functions_are_shorter_still(ours):
    lengths = [length(f) for m in ours for f in functions(m.tree)]
    p95 = statistics.quantiles(lengths, n=20)[18] if len(lengths) > 20 else 0
    assert p95 <= FUNCTION_LINES_P95, f"19 of 20 functions should have at most {FUNCTION_LINES_P95} lines; now the mark is {p95:.0f}"


def test_public_things_have_docstrings(ours, verdict):
    problems = [f"{m.path}:1: the module" for m in ours if m.text.strip() and not ast.get_docstring(m.tree)]
    problems += [
        f"{m.path}:{node.lineno}: {name}"
        for m in ours
        for name, node in public(m.tree.body)
        if not ast.get_docstring(node)
    ]
    verdict(problems, "say in one sentence what it is or gives, with units and shapes, and which errors it raises.")


def test_functions_are_typed(ours, verdict):
    problems = []
    for module in ours:
        for node in functions(module.tree):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
            bare = [a.arg for a in arguments if a is not None and a.annotation is None and a.arg not in {"self", "cls"}]
            if bare or node.returns is None:
                what = f"arguments {', '.join(bare)}" if bare else "result"
                problems.append(f"{module.path}:{node.lineno}: {node.name}: no type for the {what}")
    verdict(problems, "write the types; `mypy` then checks them.")


def test_nobody_prints_but_the_command_line(modules, verdict):
    watched = [m for m in modules if not m.path.startswith((*TALKATIVE, "tests/"))]
    verdict(
        (
            f"{m.path}:{node.lineno}"
            for m in watched
            for node in ast.walk(m.tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "breakpoint", "input"}
        ),
        "return the value or an Issue; only cli/, tools/ and benchmarks/ write to the terminal.",
    )


def test_no_error_is_swallowed(modules, verdict):
    problems = []
    for module in modules:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ExceptHandler):
                continue
            broad = isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}
            if node.type is None:
                problems.append(f"{module.path}:{node.lineno}: bare except")
            elif broad and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body):
                problems.append(f"{module.path}:{node.lineno}: every error is passed over in silence")
    verdict(problems, "name the errors you expect; turn what remains into an Issue, so that it is reported and counted.")


def test_no_mutable_module_state(ours, verdict):
    problems = []
    for module in ours:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Global):
                problems.append(f"{module.path}:{node.lineno}: global {', '.join(node.names)}")
            if isinstance(node, Function):
                defaults = [*node.args.defaults, *[d for d in node.args.kw_defaults if d is not None]]
                if any(isinstance(d, ast.List | ast.Dict | ast.Set) for d in defaults):
                    problems.append(f"{module.path}:{node.lineno}: {node.name}: a default that can change")
    verdict(problems, "keep state in an object that is passed along; use None or a tuple as default.")
