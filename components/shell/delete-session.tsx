"use client";

import { useRouter } from "next/navigation";
import { type RefObject, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { deleteSession } from "#lib/client/api.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import type { SessionRow } from "#lib/domain/session.ts";

export interface DeleteSessionProps {
  row: SessionRow;
  current: boolean;
  returnFocus: RefObject<HTMLElement | null>;
  onClose: () => void;
  onChanged: () => void;
}

export function DeleteSession({ row, current, returnFocus, onClose, onChanged }: DeleteSessionProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const remove = async () => {
    try {
      await deleteSession(row.id);
      onClose();
      onChanged();
      if (current) router.push("/");
    } catch (error) {
      setProblem(sayRefusal(error));
    }
  };
  return (
    <Dialog title="Delete this session?" open onOpenChange={onClose} returnFocus={returnFocus}>
      <div className="grid gap-3.5">
        <p>
          “{row.title || "Untitled"}” goes with its questions, steps, reports and the stored copies of its sources. This cannot be undone.
        </p>
        {problem && (
          <p role="alert" className="text-unsupported">
            The session was not deleted. {problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" onClick={() => void remove()}>
            Delete
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
