import type { Metadata } from "next";
import { DoctorDesk } from "#components/doctor/doctor-desk.tsx";
import { env } from "#lib/env.ts";
import { plannedParts } from "#lib/runs/check-up.ts";
import { currentViewer } from "#lib/web/viewer.ts";

export const metadata: Metadata = { title: "Doctor" };

export default async function DoctorPage() {
  await currentViewer();
  return <DoctorDesk planned={plannedParts(env())} />;
}
