import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { themeFrom, timeZoneFrom } from "#components/shell/preferences.ts";
import { ClockProvider } from "#lib/client/clock.tsx";
import { TimeZoneProvider } from "#lib/client/time-zone.tsx";
import { fontVariables } from "./fonts.ts";

export const metadata: Metadata = {
  title: { template: "%s · Dossier", default: "Dossier" },
  description: "Deep research on your own machines: watch it work, read a report whose every citation opens its source.",
  robots: { index: false, follow: false },
};
export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const theme = themeFrom(jar);
  return (
    <html lang="en" className={fontVariables} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <TimeZoneProvider known={timeZoneFrom(jar)}>
          <ClockProvider serverNow={Date.now()}>{children}</ClockProvider>
        </TimeZoneProvider>
      </body>
    </html>
  );
}
