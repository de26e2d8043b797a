import { FileText, TriangleAlert, X } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import { smallIcon } from "#components/ui/icon.ts";
import { byteSize } from "#lib/std/byte-size.ts";
import type { Upload, Uploads } from "./use-uploads.ts";

/** The files of a question that is being written: how far each is, what it is, or why it was not added. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const remove = (upload: Upload) => (event: MouseEvent<HTMLButtonElement>) => {
    event.currentTarget.form?.querySelector("textarea")?.focus(); // the button that has the focus goes away
    uploads.remove(upload);
  };
  return (
    <>
      <p role="status" className="sr-only">
        {uploads.news}
      </p>
      {uploads.all.length > 0 && (
        <ul aria-label="Files" className="flex max-h-[40dvh] w-full flex-wrap gap-1.5 overflow-y-auto px-3.5 pt-1 pb-2.5">
          {uploads.all.map((upload) =>
            upload.state === "refused" ? (
              <RefusedFile key={upload.key} name={upload.name} words={upload.words}>
                <RemoveButton name={upload.name} onClick={remove(upload)} />
              </RefusedFile>
            ) : (
              <FileChip key={upload.key} upload={upload}>
                <RemoveButton name={upload.name} onClick={remove(upload)} />
              </FileChip>
            ),
          )}
        </ul>
      )}
    </>
  );
}

function FileChip({ upload, children }: { upload: Exclude<Upload, { state: "refused" }>; children: ReactNode }) {
  const sending = upload.state === "sending";
  return (
    <li className="relative flex max-w-full min-w-0 items-center gap-1.5 overflow-hidden rounded-control pl-2 text-xs inset-ring inset-ring-line">
      <FileText {...smallIcon} className="shrink-0 text-ink-3" />
      <span className="truncate">{sending ? upload.name : upload.attachment.name}</span>
      <span className="whitespace-nowrap text-ink-3 tabular-nums">
        {sending ? progressWords(upload.share) : `${upload.attachment.type}, ${byteSize(upload.attachment.size)}`}
      </span>
      {children}
      {sending && (
        <span aria-hidden="true" className="absolute bottom-0 left-0 h-0.5 bg-accent" style={{ width: `${upload.share * 100}%` }} />
      )}
    </li>
  );
}

function progressWords(share: number): string {
  if (share === 0) return "waiting";
  return share < 1 ? `${Math.floor(share * 100)} %` : "checking";
}

function RefusedFile({ name, words, children }: { name: string; words: string; children: ReactNode }) {
  return (
    <li className="flex w-full min-w-0 items-start gap-1.5 rounded-control bg-unsupported-soft pl-2 text-xs">
      <TriangleAlert {...smallIcon} className="mt-1.75 shrink-0 text-unsupported" />
      <span className="min-w-0 flex-1 py-1.25">
        <b className="font-medium break-all">{name}</b> was not added. {words}
      </span>
      {children}
    </li>
  );
}

function RemoveButton({ name, onClick }: { name: string; onClick: (event: MouseEvent<HTMLButtonElement>) => void }) {
  return (
    <button
      type="button"
      aria-label={`Remove ${name}`}
      onClick={onClick}
      className="-ml-1 grid size-7 shrink-0 place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-11"
    >
      <X {...smallIcon} />
    </button>
  );
}
