import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { smallIcon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import { formatDuration } from "#lib/client/format-duration.ts";
import type { CallView } from "#lib/domain/run-view.ts";
import type { FilesDetails } from "#lib/domain/tool-details.ts";
import { filesOf } from "./call-shape.ts";
import { failureWords } from "./failure-words.ts";

/** The files of a call: what each is, how much of it the model was given, or why it could not be read. */
export function FilesRead({ call }: { call: CallView }) {
  const details = call.returned?.details;
  return (
    <ul className="grid gap-0.75 px-3 pb-2" aria-label="Files">
      {details?.kind === "files"
        ? details.files.map((file) => <FileRow key={file.name} file={file} />)
        : filesOf(call).map((name) => (
            <li key={name} className="truncate text-ink-2">
              {name}
            </li>
          ))}
    </ul>
  );
}

function FileRow({ file }: { file: FilesDetails["files"][number] }) {
  const facts = [file.type, file.extent].filter(Boolean).join(", ");
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-3">
      <span className="min-w-0">
        {file.sourceId ? (
          <Link className="font-medium text-ink hover:text-accent hover:underline" href={`/sources/${file.sourceId}`}>
            {file.name}
          </Link>
        ) : (
          <span className="text-ink-2">{file.name}</span>
        )}
        {facts && <span className="ml-2 text-xs text-ink-3">{facts}</span>}
      </span>
      <span className="flex flex-wrap items-center justify-end gap-x-2 text-xs text-ink-3 tabular-nums">
        {file.failure && (
          <Tag tone="bad">
            <TriangleAlert {...smallIcon} />
            {file.detail ?? failureWords(file.failure)}
          </Tag>
        )}
        {isCut(file) && <Tag tone="line">{shareOf(file)} given to the model</Tag>}
        {formatDuration(file.durationMs)}
      </span>
    </li>
  );
}

type File = FilesDetails["files"][number];
const isCut = ({ characters = 0, shownCharacters = characters }: File) => shownCharacters < characters;
const shareOf = ({ characters = 1, shownCharacters = 0 }: File) => `${Math.max(1, Math.floor((100 * shownCharacters) / characters))} %`;
