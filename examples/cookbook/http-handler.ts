import { type AdminClient, httpStatusOf, isFlyteError, toJson } from "flyte-admin-client";

/**
 * Returns a handler that answers one page of executions as JSON, for every server with the web's
 * `Request` and `Response`. With Express: `res.status(response.status).json(await response.json())`.
 */
export function executionsHandler(admin: AdminClient): (request: Request) => Promise<Response> {
  return async (request) => {
    const query = new URL(request.url).searchParams;
    const token = query.get("token") ?? undefined;
    try {
      const list = admin.executions.list(
        { orderBy: { field: "createdAt", direction: "descending" } },
        { signal: request.signal },
      );
      const { items, nextToken } = await list.page({ token, pageSize: 20 });
      return Response.json({ items: items.map((item) => toJson(item)), nextToken });
    } catch (error) {
      if (!isFlyteError(error)) throw error;
      const body = { code: error.code, message: error.message };
      return Response.json(body, { status: httpStatusOf(error) });
    }
  };
}

/** Asks the handler for the first page, as a browser would. */
export async function run(admin: AdminClient): Promise<void> {
  const response = await executionsHandler(admin)(new Request("http://localhost/executions"));
  const page: unknown = await response.json();
  console.log(response.status, JSON.stringify(page).length > 2 ? "a page" : "nothing");
}
