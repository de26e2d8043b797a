"use client";

import { Check, Copy } from "lucide-react";
import { type ReactNode, useState } from "react";
import { copyText } from "#lib/client/copy-text.ts";
import { Button } from "./button.tsx";
import { icon } from "./icon.ts";

export function CopyButton({ text, children, label }: { text: string; children: ReactNode; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    setCopied(await copyText(text));
    setTimeout(setCopied, 2_000, false);
  };
  return (
    <Button look="quiet" aria-label={copied ? "Copied" : label} onClick={() => void copy()}>
      {copied ? <Check {...icon} /> : <Copy {...icon} />}
      {copied ? "Copied" : children}
    </Button>
  );
}
