import type { ReactNode } from "react";
import { Frame } from "../frame.tsx";

export default function ChatLayout({ children }: { children: ReactNode }) {
  return <Frame>{children}</Frame>;
}
