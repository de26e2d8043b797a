import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { themeFrom } from "#components/shell/preferences.ts";
import { Shell } from "#components/shell/shell.tsx";
import { database } from "#db/database.ts";
import { listSessions } from "#db/queries/sessions.ts";
import { currentViewer } from "#lib/web/viewer.ts";

/** The navigation around a page, with the viewer's sessions. */
export async function Frame({ rail, children }: { rail?: boolean; children: ReactNode }) {
  const viewer = await currentViewer();
  const sessions = await listSessions(database(), viewer);
  return (
    <Shell sessions={sessions} theme={themeFrom(await cookies())} rail={rail}>
      {children}
    </Shell>
  );
}
