const behind = ": its sources were not read and its model verdicts not given by this Dossier.";
const before = "Imported from a bundle on ";

/** The limitation that an imported report begins with. `at` is the time of the import. */
export const importedNotice = (at: Date): string => `${before}${at.toISOString().slice(0, 10)}${behind}`;

/** Whether a limitation is that of an earlier import: the new one says as much, of this Dossier. */
export const isImportedNotice = (limitation: string): boolean => limitation.startsWith(before) && limitation.endsWith(behind);
