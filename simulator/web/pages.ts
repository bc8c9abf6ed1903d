import { escapeText } from "../cwmp/soap-seams.ts";
import { allSettings } from "../data-model/internal-settings.ts";
import type { Device } from "../device.ts";
import type { Brought } from "./forms.ts";
import { html, type Page, text } from "./page.ts";
import { writeSettings, writeSettingsText } from "./settings-file.ts";
import type { User } from "./user.ts";

/** Name of the file in the form that loads a param_map. */
const MAP_FIELD = "param_map";

/** The page at `path`, and what comes of asking for it. */
export function pageAt(device: Device, user: User, path: string, brought: Brought): Page {
  const { model, running, seams, minibrowser } = device;
  switch (path) {
    case "/":
    case "/index.htm":
      return startPage(device);
    case "/info.htm":
      return infoPage(device);
    case "/dummy.htm":
      return savePage(device, user, brought.values);
    case "/advanced_update.htm":
    case "/advanced_network.htm":
    case "/set_base_en.htm":
      return updatePage(device, user, brought);
    case "/settings.htm":
      return html('<p><a href="/param_map">Click here to save the TR069 Parameter Map</a></p>');
    case "/settings.xml":
      return { status: 200, type: "text/xml; charset=utf-8", body: writeSettings(shown(device), device.state.permissions) };
    case "/settings.cfg":
      return text(200, writeSettingsText(shown(device), device.state.permissions));
    case "/param_map":
      return mapIn(brought) === undefined ? text(200, model.mapText()) : takeParamMap(user, brought);
    case "/minibrowser.htm": {
      const url = brought.values.get("url") ?? "";
      if (!URL.canParse(url)) return text(400, "There is no such page.");
      return { ...html("<p>Opened.</p>"), afterwards: () => minibrowser.open(url) };
    }
    case "/log.htm":
      return text(200, running.log.join("\n"));
    default:
      return text(seams.web.unknownPage(), "There is no such page.");
  }
}

function startPage({ model, state }: Device): Page {
  const { skin } = state.vendor;
  const look = skin === "" ? "" : `<p>Skin: ${escapeText(skin)}</p>`;
  return html(`<h1>${escapeText(model.valueOf("Device.DeviceInfo.ModelName"))}</h1><p>Simulated phone of CPE Assay.</p>${look}`);
}

function infoPage({ state }: Device): Page {
  const { mac = "", phone_type: type = "", firmware_version: firmware = "" } = state.settings;
  return html(
    `<p>Mac:${escapeText(mac.toUpperCase())}</p><p>Hardware: ${escapeText(type.replace(/^snom/, ""))}</p><p>Firmware: ${escapeText(firmware)}</p>`,
  );
}

/** Saves settings, from a query or a form. */
function savePage({ seams, model }: Device, user: User, values: URLSearchParams): Page {
  if (seams.web.saves(values)) {
    const settings = [...values].filter(([name]) => seams.web.isSetting(name));
    const saved = seams.web.savedSettings(
      settings.map(([name, value]) => [name, seams.web.savedValue(name, value)]),
      (name) => model.knowsSetting(name),
    );
    user.saveSettings(new Map(saved), seams.web.saveLasts(values));
  }
  if (seams.web.storesAll(values)) user.storeSettings();
  return html("<p>Saved.</p>");
}

/** The page with the buttons. The page is sent first: the phone is gone for a while then. */
function updatePage(device: Device, user: User, brought: Brought): Page {
  const { seams } = device;
  const { values } = brought;
  if (seams.web.reboots(values)) return { ...html("<p>Rebooting.</p>"), afterwards: () => user.reboot() };
  if (seams.web.resets(values)) return { ...html("<p>Resetting to factory state.</p>"), afterwards: () => user.factoryReset() };
  if (mapIn(brought) !== undefined) return takeParamMap(user, brought);
  if (seams.web.saves(values)) return savePage(device, user, values);
  const fields = seams.web.fields().map((name) => `<input type="text" name="${name}">`);
  return html(
    `${fields.join("")}<h2>Load TR069 Parameter Map Manually</h2><form method="post" enctype="multipart/form-data"><input type="file" name="${MAP_FIELD}"><input type="submit" value="Load"></form>`,
  );
}

/** A param_map that came as a file of a form, as a field of it, or as the body itself. */
function mapIn({ files, values, body }: Brought): Buffer | undefined {
  const file = files.find(([name]) => name === MAP_FIELD) ?? files[0];
  const field = values.get(MAP_FIELD);
  return file?.[1] ?? (field === null ? body : Buffer.from(field, "utf8"));
}

function takeParamMap(user: User, brought: Brought): Page {
  const reason = user.loadParamMap(mapIn(brought) ?? Buffer.alloc(0));
  return reason === undefined ? html("<p>Loaded.</p>") : text(400, `This is no param_map: ${reason}.`);
}

const shown = ({ state, seams }: Device): Record<string, string> =>
  Object.fromEntries(Object.entries(allSettings(state)).filter(([name]) => seams.web.shows(name)));
