import { Paperclip } from "lucide-react";
import { buttonClass } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { icon } from "#components/ui/icon.ts";

/** Opens the system's choice of files. A label around the native control: it works with the keyboard, and says what it is. */
export function AttachButton({ small, onFiles }: { small: boolean; onFiles: (files: File[]) => void }) {
  return (
    <label
      className={cx(
        buttonClass("quiet", small),
        "relative cursor-pointer max-sm:mr-auto has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
      )}
    >
      <input
        type="file"
        multiple
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = ""; // so that the same file can be chosen again
        }}
      />
      <Paperclip {...icon} />
      <span className={small ? "sr-only" : undefined}>Attach files</span>
    </label>
  );
}
