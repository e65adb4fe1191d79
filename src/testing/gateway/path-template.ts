/** A segment of a path template: a text, or the field that the segment's value goes to. */
export type TemplateSegment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "field"; readonly path: string };

/** Reads a template such as `/api/v1/tasks/{id.project}/{id.domain}`; the routes of FlyteAdmin use no other form. */
export function parseTemplate(template: string): readonly TemplateSegment[] {
  return template
    .slice(1)
    .split("/")
    .map((segment) =>
      segment.startsWith("{")
        ? { kind: "field", path: segment.slice(1, -1) }
        : { kind: "literal", text: segment },
    );
}

/** The values of a template's fields, in order, or `undefined` when the path is another. A field takes any segment, an empty one too. */
export function matchTemplate(
  template: readonly TemplateSegment[],
  segments: readonly string[],
): ReadonlyMap<string, string> | undefined {
  if (segments.length !== template.length) return undefined;
  const fits = template.every((part, at) => part.kind === "field" || part.text === segments[at]);
  if (!fits) return undefined;
  const values = new Map<string, string>();
  template.forEach((part, at) => {
    if (part.kind === "field") values.set(part.path, segments[at] ?? "");
  });
  return values;
}
