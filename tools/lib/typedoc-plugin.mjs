import { Comment, CommentTag, Converter, ReflectionKind } from "typedoc";
import { inProject, readJson } from "./project.mjs";
import { repositoryPage } from "./repository-fields.mjs";
import { rankedFolders } from "./source-layout.mjs";

const folders = new Set(rankedFolders.map(({ name }) => name));

const { name: packageName } = readJson(inProject("package.json"));
const protos = `${repositoryPage()}/blob/main/protos`;

/**
 * A plugin of TypeDoc that calls each entry point as users import it, and groups its exports by the folder of src/
 * that declares them, so that the reference has the categories of the architecture. Types of messages link to their
 * .proto file, which has their comments.
 * @param {import("typedoc").Application} app
 */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (!reflection.parent?.kindOf(ReflectionKind.SomeModule)) return;
    const [declaration] = context.getSymbolFromReflection(reflection)?.declarations ?? [];
    const path = declaration?.getSourceFile().fileName ?? "";
    const folder = /\/src\/([^/]+)\//.exec(path)?.[1] ?? "";
    if (!folders.has(folder)) return;
    const category = `${folder.charAt(0).toUpperCase()}${folder.slice(1)}`;
    reflection.comment ??= new Comment();
    reflection.comment.blockTags.push(
      new CommentTag("@category", [{ kind: "text", text: category }]),
    );
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
      module.name = module.name === "index" ? packageName : `${packageName}/${module.name}`;
    }
  });
  app.converter.addUnknownSymbolResolver((_reference, _reflection, _part, symbol) => {
    const [, path] = /(?:^|\/)gen\/(flyteidl\/.*)_pb\.ts$/.exec(symbol?.fileName ?? "") ?? [];
    return path === undefined ? undefined : `${protos}/${path}.proto`;
  });
}
