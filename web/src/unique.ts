/** Rows of which none comes twice: where the store changes between two pages, a row may be sent again, and twice the same key is an error. */
export function unique<Row>(rows: readonly Row[], key: (row: Row) => string | number): Row[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}
