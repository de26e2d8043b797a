const reasons: Record<string, string> = {
  EACCES: "this user may not read and write it",
  EPERM: "this user may not read and write it",
  ENOENT: "it cannot be created there",
  EROFS: "it is on a read-only file system",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "a file of that name is in the way",
};

/** The one line a person reads when the data folder cannot be used: which folder, why, and what to do. */
export function explainFolder(folder: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const reason = reasons[code] ?? (error as Error).message;
  return new Error(`The data folder ${folder} cannot be used: ${reason}. Mend that, or set DATA_DIR to a folder of your own.`, {
    cause: error,
  });
}
