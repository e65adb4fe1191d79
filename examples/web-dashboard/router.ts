import { formatRoute, parseRoute, type Route } from "./route.js";

/** Keeps what the page shows in its address. */
export class Router {
  readonly #onChange: (route: Route, before: Route) => void;
  #route: Route = parseRoute(location.hash);

  constructor(onChange: (route: Route, before: Route) => void) {
    this.#onChange = onChange;
    for (const event of ["hashchange", "popstate"]) {
      window.addEventListener(event, () => {
        this.#read();
      });
    }
  }

  get route(): Route {
    return this.#route;
  }

  /** Goes elsewhere; the browser's Back returns. */
  go(patch: Partial<Route>): void {
    history.pushState(null, "", formatRoute({ ...this.#route, ...patch }));
    this.#read();
  }

  /** Goes elsewhere in place of what is shown. */
  replace(patch: Partial<Route>): void {
    history.replaceState(null, "", formatRoute({ ...this.#route, ...patch }));
    this.#read();
  }

  #read(): void {
    const before = this.#route;
    const route = parseRoute(location.hash);
    if (formatRoute(route) === formatRoute(before)) return;
    // An address without a scope, such as that of a bare reload, keeps the one before.
    this.#route = {
      ...route,
      project: route.project ?? before.project,
      domain: route.domain ?? before.domain,
    };
    this.#onChange(this.#route, before);
  }
}
