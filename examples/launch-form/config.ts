/** The configuration that the page's own server sends. */
export interface FormPageConfig {
  /** The REST gateway of FlyteAdmin. */
  readonly baseUrl: string;
  readonly project: string;
  readonly domain: string;
  /** The launch plan to launch. */
  readonly launchPlan: string;
}
