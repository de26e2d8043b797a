import type { Metadata } from "next";
import { MessagePage } from "#components/shell/message-page.tsx";
import { Frame } from "./frame.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Frame>
      <MessagePage title="There is nothing under this address">
        The session, report or source may have been deleted, or the address was not copied whole. Your other sessions are in the navigation.
      </MessagePage>
    </Frame>
  );
}
