"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { TopBar } from "#components/shell/top-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { icon } from "#components/ui/icon.ts";
import { Moment } from "#components/ui/moment.tsx";
import { type CheckUpState, createCheckUpStore } from "#lib/client/check-up-store.ts";
import { formatDuration } from "#lib/client/format-duration.ts";
import type { CheckedPart } from "#lib/domain/check-up.ts";
import { sumUp } from "#lib/domain/sum-up.ts";
import { meaningOf, type PlannedPart } from "./doctor-words.ts";
import { Elapsed } from "./elapsed.tsx";
import { PartGroups } from "./part-groups.tsx";

/** Everything outside the application, and what mends it. The page is there at once; the answers come into it. */
export function DoctorDesk({ planned }: { planned: readonly (PlannedPart | CheckedPart)[] }) {
  const [store] = useState(createCheckUpStore);
  const state = useSyncExternalStore(store.subscribe, store.state, store.atRender);
  const isChecking = state.kind === "checking";
  return (
    <>
      <TopBar>
        <span className="min-w-0 flex-1 truncate font-semibold">Doctor</span>
        <span className="text-ink-3 tabular-nums max-sm:hidden">
          {state.last && (
            <>
              Checked <Moment at={state.last.at} style="second" />, took {formatDuration(state.last.durationMs)}
            </>
          )}
        </span>
        <Button
          aria-disabled={isChecking}
          onClick={store.again}
          className="aria-disabled:cursor-default aria-disabled:bg-sunken aria-disabled:text-ink-3"
        >
          <RotateCw {...icon} />
          Check again
        </Button>
      </TopBar>
      <main
        id="main"
        className="mx-auto grid w-full max-w-240 grid-cols-[minmax(0,1fr)] content-start gap-7 px-4 pt-7 pb-16 md:px-8"
        aria-busy={isChecking}
      >
        <div>
          <h1 className="font-serif text-[1.375rem]/8 font-semibold tracking-[-0.012em] sm:text-[1.75rem]/9">
            {state.last ? sumUp(state.last.parts) : titleBefore(state)}
          </h1>
          <p className="mt-1.5 text-ink-2">
            <Meaning state={state} />
          </p>
          <p className="text-ink-3">
            Model servers, services, database and workers are asked with real requests, one each: a service that counts them counts this
            one. Nothing is changed by it.
          </p>
          <p role="status" className="sr-only">
            {spoken(state)}
          </p>
        </div>
        {state.kind === "failed" && <Failure problem={state.problem} hasOld={state.last !== null} />}
        <div className={cx("grid grid-cols-[minmax(0,1fr)] gap-7", isChecking && state.last && "opacity-60")}>
          {(state.last || isChecking) && <PartGroups planned={planned} found={state.last?.parts ?? null} />}
        </div>
      </main>
    </>
  );
}

const titleBefore = (state: CheckUpState) => (state.kind === "failed" ? "Not checked" : "Checking");

/** One line at any time, so that what is below it stays where it is. */
function Meaning({ state }: { state: CheckUpState }) {
  if (state.kind === "checking")
    return (
      <>
        {state.last ? "Asking again" : "Asking all of them at once"}, <Elapsed />
      </>
    );
  return state.last ? meaningOf(state.last) : "Nothing is known yet.";
}

function spoken(state: CheckUpState): string {
  if (state.kind === "checked") return `Checked. ${sumUp(state.last.parts)}.`;
  return state.kind === "checking" ? "Checking. It takes a minute and a half at most." : "";
}

function Failure({ problem, hasOld }: { problem: string; hasOld: boolean }) {
  return (
    <p role="alert" className="flex gap-3 rounded-panel bg-unsupported-soft px-4 py-3.5">
      <TriangleAlert {...icon} className="mt-0.5 shrink-0 text-unsupported" />
      <span>
        The check did not come to its end. {problem} {hasOld && "Below is what the last one found."}
      </span>
    </p>
  );
}
