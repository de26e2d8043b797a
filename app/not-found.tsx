import type { Metadata } from "next";
import { MessagePage } from "#components/shell/message-page.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage title="There is nothing under this address">
      The session, report or source may have been deleted, or the address was not copied whole.
    </MessagePage>
  );
}
