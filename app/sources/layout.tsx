import type { ReactNode } from "react";
import { Frame } from "#app/frame.tsx";

export default function ReadingLayout({ children }: { children: ReactNode }) {
  return <Frame rail>{children}</Frame>;
}
