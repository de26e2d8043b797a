import { FileText } from "lucide-react";
import { smallIcon } from "#components/ui/icon.ts";
import type { AttachmentRef } from "#lib/domain/attachment.ts";
import { byteSize } from "#lib/std/byte-size.ts";

/** The files that a question may use, each to be saved as it was uploaded. */
export function QuestionFiles({ files }: { files: readonly AttachmentRef[] }) {
  if (files.length === 0) return null;
  return (
    <ul aria-label="Files of this question" className="my-3 flex flex-wrap gap-1.5">
      {files.map((file) => (
        <li key={file.id} className="max-w-full min-w-0">
          <a
            href={`/api/attachments/${file.id}`}
            download={file.name}
            className="flex min-h-7 items-center gap-1.5 rounded-control bg-surface px-2 text-xs text-ink no-underline inset-ring inset-ring-line hover:bg-hover pointer-coarse:min-h-11"
          >
            <FileText {...smallIcon} className="shrink-0 text-ink-3" />
            <span className="sr-only">Save </span>
            <span className="truncate">{file.name}</span>
            <span className="whitespace-nowrap text-ink-3 tabular-nums">
              {file.type}, {byteSize(file.size)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
