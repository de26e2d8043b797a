"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type RefObject, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { renameSession } from "#lib/client/api.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import type { SessionRow } from "#lib/domain/session.ts";

export interface RenameSessionProps {
  row: SessionRow;
  returnFocus: RefObject<HTMLElement | null>;
  onClose: () => void;
  onChanged: () => void;
}

export function RenameSession({ row, returnFocus, onClose, onChanged }: RenameSessionProps) {
  const router = useRouter();
  const [title, setTitle] = useState(row.title);
  const [problem, setProblem] = useState<string | null>(null);
  const rename = async () => {
    try {
      await renameSession(row.id, title.trim());
      onChanged();
      router.refresh();
      onClose();
    } catch (error) {
      setProblem(sayRefusal(error));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void rename();
  };
  return (
    <Dialog title="Rename session" open onOpenChange={onClose} returnFocus={returnFocus}>
      <form onSubmit={submit} className="grid gap-3.5">
        <label className="grid gap-1.5">
          <span className="text-xs font-medium text-ink-3">Title</span>
          <input
            autoFocus
            value={title}
            maxLength={200}
            onChange={(event) => setTitle(event.target.value)}
            onFocus={(event) => event.target.select()}
            className="w-full rounded-control border border-line-strong bg-surface px-2.5 py-1.75 text-lg"
          />
        </label>
        {problem && (
          <p role="alert" className="text-unsupported">
            The title was not changed. {problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={title.trim() === ""}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
