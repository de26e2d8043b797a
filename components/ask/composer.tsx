"use client";

import type { ComposerProps } from "./composer-props.ts";
import { FollowUp } from "./follow-up.tsx";
import { NewQuestion } from "./new-question.tsx";

/** Where a question is written, files are attached to it, and its mode is chosen. Whatever goes wrong, all of it stays. */
export function Composer({ sessionId, ...rest }: ComposerProps) {
  return sessionId ? <FollowUp sessionId={sessionId} {...rest} /> : <NewQuestion {...rest} />;
}
