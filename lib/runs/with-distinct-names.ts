/** The same files under names of which no two are equal: the second `data.csv` becomes `data (2).csv`. The model asks for a file by its name. */
export function withDistinctNames<File extends { name: string }>(files: readonly File[]): File[] {
  const taken = new Set<string>();
  return files.map((file) => {
    let name = file.name;
    for (let count = 2; taken.has(name); count++) name = numbered(file.name, count);
    taken.add(name);
    return { ...file, name };
  });
}

function numbered(name: string, count: number): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? `${name.slice(0, dot)} (${count})${name.slice(dot)}` : `${name} (${count})`;
}
