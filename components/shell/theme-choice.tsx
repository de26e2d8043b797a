"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useId, useState } from "react";
import { cx } from "#components/ui/cx.ts";
import { icon } from "#components/ui/icon.ts";
import { writeCookie } from "#lib/client/cookie.ts";

const themes = [
  { theme: "system", name: "As the system", Icon: Monitor },
  { theme: "light", name: "Light", Icon: Sun },
  { theme: "dark", name: "Dark", Icon: Moon },
] as const;
export type Theme = (typeof themes)[number]["theme"];

/** Light or dark. A cookie keeps the choice, so that the next page comes in it from the server and nothing flashes. */
export function ThemeChoice({ initial }: { initial: Theme }) {
  const [chosen, setChosen] = useState<Theme>(initial);
  const group = useId();
  const choose = (theme: Theme) => {
    setChosen(theme);
    writeCookie("theme", theme);
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  return (
    <fieldset className="flex shrink-0 gap-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map(({ theme, name, Icon }) => (
        <label
          key={theme}
          title={name}
          className={cx(
            "grid h-7 w-9 cursor-pointer place-items-center rounded-control has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-11 pointer-coarse:w-11",
            chosen === theme ? "bg-hover text-ink" : "text-ink-3 hover:text-ink",
          )}
        >
          <input type="radio" name={group} value={theme} checked={chosen === theme} onChange={() => choose(theme)} className="sr-only" />
          <Icon {...icon} />
          <span className="sr-only">{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
