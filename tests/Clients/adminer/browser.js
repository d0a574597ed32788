'use strict';
// Chromium without a window, and Adminer served for it by `php -S`: both in a folder of their own, ended by their process ids.
const { spawn, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const puppeteer = require('puppeteer-core');

const PATIENCE = 25000;
const PROGRAM = '/usr/share/adminer/adminer.php';
// No password is asked for: the server trusts, and Adminer refuses empty passwords unless a plugin says otherwise.
const TRUSTING = `<?php
function adminer_object() {
    class Trusting extends Adminer { function login($login, $password) { return true; } }
    return new Trusting;
}
chdir('${path.dirname(PROGRAM)}');
include '${PROGRAM}';
`;

const freePort = () => new Promise(done => {
  const listener = net.createServer().listen(0, '127.0.0.1', () => { const { port } = listener.address(); listener.close(() => done(port)); });
});

const accepts = port => new Promise(done => {
  const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); done(true); });
  socket.on('error', () => done(false));
});

async function serve(folder) {
  fs.writeFileSync(path.join(folder, 'index.php'), TRUSTING);
  const port = await freePort();
  // In its temporary folder Adminer counts refused logins, of other runs too.
  const settings = [`session.save_path=${folder}`, `sys_temp_dir=${folder}`, 'error_reporting=0'].flatMap(setting => ['-d', setting]);
  const server = spawn('php', [...settings, '-S', `127.0.0.1:${port}`, '-t', folder, path.join(folder, 'index.php')], { stdio: 'ignore' });
  for (const end = Date.now() + PATIENCE; !await accepts(port);) {
    if (server.exitCode !== null || Date.now() > end) throw new Error('php -S does not answer');
    await new Promise(done => setTimeout(done, 20));
  }
  return { server, url: `http://127.0.0.1:${port}/` };
}

async function ended(process, end) {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = new Promise(done => process.once('exit', done));
  const late = setTimeout(() => process.kill('SIGKILL'), 5000);
  await Promise.all([exit, Promise.resolve(end()).catch(() => {})]);
  clearTimeout(late);
}

exports.version = () => execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'adminer'], { encoding: 'utf8' }).match(/[\d.]+\d/)[0];

/** Calls body with a page, the address of Adminer and the folder where downloads arrive. */
exports.withBrowser = async body => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'adminer-'));
  const downloads = path.join(folder, 'downloads');
  let served, browser;
  try {
    served = await serve(folder);
    browser = await puppeteer.launch({
      executablePath: '/usr/bin/chromium', headless: true, pipe: true, timeout: 4 * PATIENCE, protocolTimeout: 4 * PATIENCE, userDataDir: path.join(folder, 'profile'),
      env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder }, downloadBehavior: { policy: 'allow', downloadPath: downloads },
      // The sandbox does not let root in; CI's containers have a small /dev/shm.
      args: [...process.getuid() === 0 ? ['--no-sandbox'] : [], '--disable-gpu', '--disable-dev-shm-usage', '--disable-extensions', '--disable-background-networking', '--lang=en'],
    });
    const [page] = await browser.pages();
    page.setDefaultTimeout(PATIENCE);
    page.on('dialog', dialog => dialog.accept());
    await body(page, served.url, downloads);
  } finally {
    if (browser) await ended(browser.process(), () => browser.close());
    if (served) await ended(served.server, () => served.server.kill());
    // Its children may still be writing for a moment.
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  }
};
