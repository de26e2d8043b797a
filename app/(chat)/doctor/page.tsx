import type { Metadata } from "next";
import { DoctorDesk } from "#components/doctor/doctor-desk.tsx";
import { database } from "#db/database.ts";
import { env } from "#lib/env.ts";
import { plannedParts } from "#lib/runs/check-up.ts";
import { toldTools } from "#lib/runs/told-tools.ts";
import { currentViewer } from "#lib/web/viewer.ts";

export const metadata: Metadata = { title: "Doctor" };

export default async function DoctorPage() {
  await currentViewer();
  return <DoctorDesk planned={plannedParts(env(), toldTools(database().sql))} />;
}
