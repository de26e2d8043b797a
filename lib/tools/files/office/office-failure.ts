import { type OfficeError, OfficeErrorType } from "officeparser";
import { type FileFailure, fileFailure } from "#lib/tools/files/file-failure.ts";

const encrypted = fileFailure("encrypted", "it needs a password; save it without one");
const tooLarge = fileFailure("too-large", "it unpacks to more than a file may");

const byCode: Partial<Record<string, FileFailure>> = {
  [OfficeErrorType.PASSWORD_REQUIRED]: encrypted,
  [OfficeErrorType.PASSWORD_INCORRECT]: encrypted,
  [OfficeErrorType.DOCUMENT_DECRYPTION_FAILED]: encrypted,
  [OfficeErrorType.ZIP_ENTRY_COUNT_LIMIT_EXCEEDED]: tooLarge,
  [OfficeErrorType.ZIP_SIZE_LIMIT_EXCEEDED]: tooLarge,
  [OfficeErrorType.XML_ELEMENT_LIMIT_EXCEEDED]: tooLarge,
  [OfficeErrorType.OUTPUT_TOO_LARGE]: tooLarge,
  [OfficeErrorType.MAX_NESTING_DEPTH_EXCEEDED]: fileFailure("damaged", "its parts are nested without end"),
};

/** What the parser threw, as the reason of a file. Everything it has no code for is a broken file: it was given a known kind. */
export function officeFailure(error: unknown): FileFailure {
  const code = error instanceof Error ? (error as OfficeError).officeIssue?.code : undefined;
  return (code && byCode[code]) || fileFailure("damaged", "it is broken or was cut off");
}
