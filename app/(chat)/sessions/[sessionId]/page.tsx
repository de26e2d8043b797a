import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Composer } from "#components/ask/composer.tsx";
import { modeChoiceOf } from "#components/ask/mode-choice.ts";
import { EmptySession } from "#components/run/empty-session.tsx";
import { SessionDesk } from "#components/run/session-desk.tsx";
import { database } from "#db/database.ts";
import { pastRuns } from "#db/queries/estimates.ts";
import { getSession } from "#db/queries/sessions.ts";
import { estimatesOf } from "#lib/domain/estimate.ts";
import { maxQuestionLength } from "#lib/domain/new-run.ts";
import { env } from "#lib/env.ts";
import { modelState } from "#lib/model/state.ts";
import { currentViewer } from "#lib/web/viewer.ts";
import { runProps } from "./run-props.ts";

interface Props {
  params: Promise<{ sessionId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const session = await getSession(database(), await currentViewer(), (await params).sessionId);
  return { title: session?.title || "Session" };
}

export default async function SessionPage({ params }: Props) {
  const viewer = await currentViewer();
  const session = await getSession(database(), viewer, (await params).sessionId);
  if (!session) notFound();
  const runs = (await Promise.all(session.runs.map((run) => runProps(viewer, run)))).filter((run) => run !== null);
  const last = runs.at(-1);
  const title = session.title || "Untitled";
  const { connected, name } = await modelState();
  const composer = (
    <Composer
      key={session.id}
      sessionId={session.id}
      connected={connected}
      longest={maxQuestionLength}
      initial={modeChoiceOf(session.runs.at(-1), env().HEAVY_LANES)}
      estimates={estimatesOf(await pastRuns(database().sql, name))}
    />
  );
  if (!last) return <EmptySession title={title}>{composer}</EmptySession>;
  return <SessionDesk key={last.id} title={title} earlier={runs.slice(0, -1)} last={last} composer={composer} />;
}
