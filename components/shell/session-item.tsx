"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { SessionRow } from "#lib/domain/session.ts";
import { DeleteSession } from "./delete-session.tsx";
import type { SessionGroup } from "./group-sessions.ts";
import { RenameSession } from "./rename-session.tsx";

const momentStyle = { Working: "time", Today: "time", "This week": "weekday", Earlier: "date" } as const;

export function SessionItem({ row, when, onChanged }: { row: SessionRow; when: SessionGroup["name"]; onChanged: () => void }) {
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const current = usePathname() === `/sessions/${row.id}`;
  const actions = useRef<HTMLButtonElement>(null);
  const close = () => setDialog(null);
  const title = row.title || "Untitled";
  return (
    <li className="group/session relative">
      <Link
        href={`/sessions/${row.id}`}
        prefetch={false}
        aria-current={current ? "page" : undefined}
        className="flex min-h-7.5 items-center gap-2 rounded-control px-2 py-1 text-ink-2 pointer-coarse:pr-11 no-underline hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-ink pointer-coarse:min-h-11"
      >
        <span className="min-w-0 flex-1 truncate">{title}</span>
        <span className="text-2xs whitespace-nowrap text-ink-3 tabular-nums group-focus-within/session:opacity-0 group-hover/session:opacity-0 group-has-data-[state=open]/session:opacity-0 pointer-coarse:opacity-100!">
          {when === "Working" ? <WorkingTag row={row} /> : <Moment at={row.updatedAt} style={momentStyle[when]} />}
        </span>
      </Link>
      <div className="absolute inset-y-0 right-0.5 flex items-center opacity-0 group-focus-within/session:opacity-100 group-hover/session:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:opacity-100">
        <Menu
          label={`Actions for ${title}`}
          trigger={
            <Button ref={actions} look="quiet" className="min-h-6! w-7! px-0!" aria-label={`Actions for ${title}`}>
              <Ellipsis {...icon} />
            </Button>
          }
        >
          <MenuItem onSelect={() => setDialog("rename")}>
            <Pencil {...icon} />
            Rename
          </MenuItem>
          <MenuItem danger onSelect={() => setDialog("delete")}>
            <Trash2 {...icon} />
            Delete
          </MenuItem>
        </Menu>
      </div>
      {dialog === "rename" && <RenameSession row={row} returnFocus={actions} onClose={close} onChanged={onChanged} />}
      {dialog === "delete" && <DeleteSession row={row} current={current} returnFocus={actions} onClose={close} onChanged={onChanged} />}
    </li>
  );
}

function WorkingTag({ row }: { row: SessionRow }) {
  if (row.lastRun?.status === "queued") return <Tag>queued</Tag>;
  if (row.lastRun?.status === "paused") return <Tag>paused</Tag>;
  const lanes = row.lastRun?.lanes;
  return (
    <Tag tone="live">
      <span className="pulse" aria-hidden="true" />
      {lanes ? `${lanes} lanes` : `step ${(row.lastRun?.steps ?? 0) + 1}`}
    </Tag>
  );
}
