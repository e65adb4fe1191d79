import { spawn } from "node:child_process";

/**
 * Opens an address in the person's browser.
 * @returns whether the system took it; a browser may fail to show all the same
 */
export function openBrowser(url: string): Promise<boolean> {
  const command = commandFor(process.platform);
  const hasScreen =
    process.platform !== "linux" ||
    Boolean(process.env["DISPLAY"]) ||
    Boolean(process.env["WAYLAND_DISPLAY"]);
  if (command === undefined || !hasScreen) return Promise.resolve(false);
  const [program = "", ...args] = command;
  return new Promise((resolve) => {
    // Without a shell, so that nothing in an address is taken for a command.
    const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
    child.on("error", () => {
      resolve(false);
    });
    child.on("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

function commandFor(platform: NodeJS.Platform): readonly string[] | undefined {
  switch (platform) {
    case "darwin":
      return ["open"];
    case "win32":
      return ["rundll32", "url.dll,FileProtocolHandler"];
    case "linux":
    case "freebsd":
    case "openbsd":
      return ["xdg-open"];
    default:
      return undefined;
  }
}
