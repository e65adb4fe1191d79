import { InvalidOptionError } from "../../errors/index.js";

/** Where a value was set: an option of the caller, an environment variable, or a key of a file. */
export type ConfigSource =
  | { readonly kind: "option" }
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "file"; readonly file: string; readonly key: string }
  | { readonly kind: "default" };

/** A source in words. */
export function sourceText(source: ConfigSource): string {
  switch (source.kind) {
    case "option":
      return "option";
    case "environment":
      return `environment variable ${source.variable}`;
    case "file":
      return `${source.key} in ${source.file}`;
    case "default":
      return "default";
  }
}

/** Creates the error of an invalid value: where it was set, what is wrong, and what would be right. It never shows the value. */
export function configError(
  setting: string,
  source: ConfigSource,
  words: string,
): InvalidOptionError {
  return new InvalidOptionError(`${placeText(setting, source)}: ${words}`, { option: setting });
}

function placeText(setting: string, source: ConfigSource): string {
  switch (source.kind) {
    case "option":
      return `option ${setting}`;
    case "default":
      return `admin.${setting}, which is not set`;
    default:
      return sourceText(source);
  }
}
