import type { ReactNode } from "react";

/** A page that is one message: what happened, what it means, what to do. */
export function MessagePage({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <main id="main" className="mx-auto grid w-full max-w-152 content-start justify-items-start gap-3 px-4 pt-[18vh] pb-12">
      <h1 className="font-serif text-h2 font-medium">{title}</h1>
      <p className="text-lg text-ink-2">{children}</p>
      {action ?? (
        // A full load on purpose: what failed may have left this page's state behind.
        <a href="/" className="font-medium">
          Ask a new question
        </a>
      )}
    </main>
  );
}
