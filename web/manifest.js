// Writes build.json into the built pages: a hash of the sources, so that a test can tell whether the build is that of the sources.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const here = import.meta.dirname;
const files = ["index.html", "package.json", "package-lock.json", "svelte.config.js", "tsconfig.json", "vite.config.js"];
for (const folder of ["public", "src"])
  for (const entry of readdirSync(join(here, folder), { recursive: true, withFileTypes: true }))
    if (entry.isFile()) files.push(relative(here, join(entry.parentPath, entry.name)).split(sep).join("/"));

// Sorted by code point, each as its name, a zero, its content, a zero.
const hash = createHash("sha256");
for (const name of files.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) hash.update(name).update("\0").update(readFileSync(join(here, name))).update("\0");
const folder = process.env.WAQAI_PAGES ?? join(here, "../src/waqai/server/pages");
writeFileSync(join(folder, "build.json"), JSON.stringify({ sources: hash.digest("hex") }) + "\n");
