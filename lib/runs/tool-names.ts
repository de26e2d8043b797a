/** The tools that run on a worker's own machine, as the doctor calls them. */
export const toolNames = [
  { group: "python", name: "Sandbox" },
  { group: "files", name: "Uploaded files" },
] as const;
