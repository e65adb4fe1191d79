import { byId, element } from "./dom.js";
import { isPeriod, type Route } from "./route.js";

/** The filters above the list. What is typed counts once it is finished: at Enter, or when the field is left. */
export class Filters {
  readonly #project = byId("project", HTMLSelectElement);
  readonly #domain = byId("domain", HTMLSelectElement);
  readonly #workflow = byId("workflow", HTMLInputElement);
  readonly #tag = byId("tag", HTMLInputElement);
  readonly #since = byId("since", HTMLSelectElement);
  readonly #names = byId("workflow-names", HTMLDataListElement);

  constructor(change: (patch: Partial<Route>) => void) {
    const scope = (): void => {
      change({
        project: this.#project.value,
        domain: this.#domain.value,
        name: undefined,
        node: undefined,
        attempt: undefined,
      });
    };
    this.#project.addEventListener("change", scope);
    this.#domain.addEventListener("change", scope);
    // "search" comes from the cross in a search field.
    for (const event of ["change", "search"]) {
      this.#workflow.addEventListener(event, () => {
        change({ workflow: textOf(this.#workflow) });
      });
      this.#tag.addEventListener(event, () => {
        change({ tag: textOf(this.#tag) });
      });
    }
    this.#since.addEventListener("change", () => {
      const { value } = this.#since;
      change({ since: isPeriod(value) ? value : undefined });
    });
  }

  show({ project, domain, workflow, tag, since }: Route): void {
    choose(this.#project, project);
    choose(this.#domain, domain);
    this.#workflow.value = workflow ?? "";
    this.#tag.value = tag ?? "";
    this.#since.value = since ?? "";
  }

  offer(projects: readonly string[], domains: readonly string[]): void {
    fill(this.#project, projects);
    fill(this.#domain, domains);
  }

  offerWorkflows(names: readonly string[]): void {
    this.#names.replaceChildren(...names.map((value) => element("option", { value })));
  }
}

function textOf({ value }: HTMLInputElement): string | undefined {
  const text = value.trim();
  return text === "" ? undefined : text;
}

/** Chooses a value, also one that the server has not named. */
function choose(select: HTMLSelectElement, value: string | undefined): void {
  if (value === undefined) return;
  const has = [...select.options].some((option) => option.value === value);
  if (!has) select.prepend(element("option", {}, value));
  select.value = value;
}

function fill(select: HTMLSelectElement, values: readonly string[]): void {
  const { value } = select;
  select.replaceChildren(...values.map((each) => element("option", {}, each)));
  choose(select, value);
}
