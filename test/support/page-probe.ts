/** A widget that records the CRM's calls and answers as a test wants. */
import { strToU8, zipSync } from 'fflate';

export type Behaviour = {
  /** Bodies of callbacks, as JavaScript; `self` is the widget, `saved` the argument of `onSave`. */
  readonly render?: string;
  readonly settings?: string;
  readonly onSave?: string;
  readonly selected?: string;
  /** Runs in the constructor. */
  readonly made?: string;
  readonly initOnce?: boolean;
  readonly description?: string;
  /** Whether its only field is required. */
  readonly required?: boolean;
  readonly locations?: readonly string[];
  readonly version?: string;
};

/** The archive. The page records the calls in `window.calls`. */
export function probe({
  render = 'return true;',
  settings = '',
  onSave = 'return true;',
  selected = '',
  description = '',
  made = '',
  initOnce = false,
  required = false,
  locations = ['settings', 'ccard-1'],
  version = '1.0.0',
}: Behaviour = {}): Uint8Array {
  const file = (content: unknown): Uint8Array => strToU8(JSON.stringify(content));
  const words = { widget: { name: 'Probe', short_description: 'Writes down', description } };
  return zipSync({
    'manifest.json': file({
      widget: { version, init_once: initOnce, interface_version: 2, installation: true },
      locations,
      settings: { custom: { name: 'settings.custom', type: 'custom', required } },
    }),
    'i18n/ru.json': file(words),
    'i18n/en.json': file(words),
    'script.js': strToU8(`define(['jquery', 'lib/components/base/modal'], function ($, Modal) {
      return function Probe() {
        const self = this;
        const calls = (window.calls ??= []);
        const show = () => self.render_template({
          caption: { class_name: 'probe-caption' }, body: '<p class="probe">shown</p>', render: '',
        });
        calls.push('constructor ' + typeof this.params);
        ${made}
        this.callbacks = {
          render() { calls.push('render'); show(); ${render} },
          init() { calls.push('init'); return true; },
          bind_actions() { calls.push('bind_actions'); return true; },
          settings($body) { calls.push('settings ' + self.get_install_status() + ' ' + $body.length); ${settings} },
          onSave(saved) { calls.push('onSave ' + saved.active); ${onSave} },
          contacts: { selected() { ${selected} } },
          leads: { selected() { ${selected} } },
          advancedSettings() {
            calls.push('advancedSettings');
            $('#work-area-' + self.params.widget_code).text('advanced');
          },
          onInstall() { calls.push('onInstall'); },
          destroy() { calls.push('destroy'); },
        };
        return this;
      };
    });`),
  });
}
