import Link from "next/link";
import type { ComponentProps } from "react";
import { cx } from "./cx.ts";

type Look = "plain" | "primary" | "quiet" | "danger";

const base =
  "inline-flex min-h-8 items-center justify-center gap-1.5 rounded-control px-2.75 py-1 font-medium whitespace-nowrap no-underline " +
  "transition-colors duration-press disabled:bg-sunken disabled:text-ink-3 disabled:shadow-none disabled:cursor-not-allowed " +
  "pointer-coarse:min-h-11 max-sm:min-h-11";
const looks: Record<Look, string> = {
  plain: "bg-surface text-ink inset-ring inset-ring-line hover:bg-hover",
  primary: "bg-accent text-on-accent hover:bg-[color-mix(in_oklab,var(--color-accent)_88%,var(--color-ink))]",
  quiet: "text-ink-2 hover:bg-hover hover:text-ink px-2",
  danger: "bg-surface text-unsupported inset-ring inset-ring-line hover:bg-hover",
};
const square = "w-8 px-0 pointer-coarse:w-11 max-sm:w-11";

export const buttonClass = (look: Look = "plain", icon = false) => cx(base, looks[look], icon && square);

interface Extra {
  look?: Look;
  icon?: boolean;
}

export function Button({ look, icon, className, type = "button", ...rest }: ComponentProps<"button"> & Extra) {
  return <button type={type} className={cx(buttonClass(look, icon), className)} {...rest} />;
}

export function ButtonLink({ look, icon, className, ...rest }: ComponentProps<typeof Link> & Extra) {
  return <Link className={cx(buttonClass(look, icon), className)} {...rest} />;
}
