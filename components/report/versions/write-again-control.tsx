"use client";

import { lazy, Suspense, useState } from "react";
import { useReading } from "#components/report/reading.tsx";

const WriteAgain = lazy(async () => ({ default: (await import("./write-again.tsx")).WriteAgain }));

/** The form for another version, fetched when it is first opened. Then it stays, and with it what was written in it. */
export function WriteAgainControl() {
  const isOpen = useReading((state) => state.menu === "write-again");
  const [wasOpen, setWasOpen] = useState(false);
  if (isOpen && !wasOpen) setWasOpen(true);
  return <Suspense>{wasOpen && <WriteAgain />}</Suspense>;
}
