/**
 * Draws the state named in the address: `?state=panel-roles&language=ru&theme=dark`. `window.gallery` tells tests when
 * the picture is complete, and changes its theme and language.
 */
import './state.css';
import axios from 'axios';
import { STATES } from './catalogue.ts';
import type { Gallery } from './gallery.ts';
import { language, LANGUAGES } from './languages.ts';
import { stageInPage } from './stage.ts';
import { hurry } from './time.ts';

// No service worker intercepts XMLHttpRequest in this page, so axios uses `fetch`.
axios.defaults.adapter = 'fetch';

/** Waits three frames, enough for everything that follows a change. */
async function frames(): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
}

const asked = new URLSearchParams(location.search);
const show: Gallery['show'] = look => {
  document.documentElement.dataset['colorScheme'] = look.theme;
  language.value = look.language;
  return frames();
};

async function draw(): Promise<void> {
  const stop = hurry();
  const state = STATES.get(asked.get('state') ?? '');
  if (!state) throw new Error('The gallery has no such state');
  localStorage.clear();
  document.body.dataset['view'] = state.view;
  const stage = stageInPage({
    person: state.person ?? 0,
    size: state.size ?? 5,
    language: language.value === 'ru' ? 'ru' : 'en',
  });
  await Promise.all([state.draw(stage), ...Array.from(document.fonts, font => font.load())]);
  await frames();
  stop();
}

void show({ theme: asked.get('theme') ?? 'light', language: asked.get('language') ?? 'ru' });
window.gallery = { drawn: draw(), languages: LANGUAGES, show };
