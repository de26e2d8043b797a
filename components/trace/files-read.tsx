import { Tag } from "#components/ui/tag.tsx";
import type { CallView } from "#lib/domain/run-view.ts";
import type { FilesDetails } from "#lib/domain/tool-details.ts";
import { filesOf } from "./call-shape.ts";
import { ReadRow } from "./read-row.tsx";

/** The files of a call: what each is, how much of it the model was given, or why it could not be read. */
export function FilesRead({ call }: { call: CallView }) {
  const details = call.returned?.details;
  return (
    <ul className="grid gap-0.75 px-3 pb-2" aria-label="Files">
      {details?.kind === "files"
        ? details.files.map((file) => (
            <ReadRow key={file.name} name={file.name} note={[file.type, file.extent].filter(Boolean).join(", ")} read={file}>
              {isCut(file) && <Tag tone="line">{shareOf(file)} given to the model</Tag>}
            </ReadRow>
          ))
        : filesOf(call).map((name) => (
            <li key={name} className="truncate text-ink-2">
              {name}
            </li>
          ))}
    </ul>
  );
}

type File = FilesDetails["files"][number];
const isCut = ({ characters = 0, shownCharacters = characters }: File) => shownCharacters < characters;
const shareOf = ({ characters = 1, shownCharacters = 0 }: File) => `${Math.max(1, Math.floor((100 * shownCharacters) / characters))} %`;
