/**
 * A verb and path by which an RPC is called. Fields of the request are in braces in the path, by protobuf's
 * names: `GET /api/v1/tasks/{id.project}/{id.domain}`. What the path does not carry of a GET goes into the query;
 * of all others the whole request goes as the body.
 */
export type RestBinding = `${"GET" | "PUT" | "POST" | "DELETE" | "PATCH"} /${string}`;

/** The route of an RPC over FlyteAdmin's REST gateway. */
export interface RestRoute {
  /** The ways to call it, preferred first. Lists of versions have one with a name in the path and one without. */
  readonly bindings: readonly RestBinding[];
  /** Whether a POST to the path of this GET is another RPC, so that no long query can go as a form. */
  readonly meetsPost?: boolean;
  /**
   * The part of the path that a query parameter carries where the path cannot, with protobuf's names. FlyteAdmin
   * v1.16 lets that parameter override the path on these routes, by an accident of its generated filters; other
   * routes ignore it.
   */
  readonly nameByQuery?: string;
}

/** Routes by the names of services and of their methods. An RPC that the gateway does not have has no bindings. */
export type RestRoutes = Readonly<Record<string, Readonly<Record<string, RestRoute>>>>;
