"""Holds the console's main screens against axe-core, for `ops/conformance --pages`.

Drives a headless Chromium through chromedriver by the W3C's WebDriver protocol, with nothing but Python's own library.
Each screen is looked at light and dark, wide and as a phone shows it.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

# What axe calls so ends with 1; the rest is told.
GRAVE = ("serious", "critical")
# Name, path, what shows that the screen is there.
SCREENS = [
    ("desk", "/?view=all", "tbody .c-subject, td.empty"),
    ("new ticket", "/new", "[name=subject]"),
    ("wall", "/wall", ".wall, .empty"),
    ("conflicts", "/conflicts", ".narrow h1"),
    ("decisions", "/decisions", ".narrow h1"),
    ("refusals", "/refusals", ".narrow h1"),
    ("standards", "/standards", ".narrow h1"),
    ("knowledge", "/knowledge", ".narrow h1"),
    ("sign-in", "/sign-in", ".door form"),
    ("progress", "/progress", "[name=digits]"),
]
PATIENCE_SECONDS = 20
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Browser:
    """A session with a driver of its own."""

    def __init__(self):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        self.wait("the driver", lambda: self.ask("GET", "/status")["ready"])
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-proxy-server", "--lang=zh-CN"]
        options = {"goog:chromeOptions": {"args": arguments}}
        session = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": options}})["sessionId"]
        self.base += "/session/" + session

    def close(self):
        self.ask("DELETE", "")
        self.driver.terminate()
        self.driver.wait()

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.base + path, method=method, data=data, headers={"Content-Type": "application/json"})
        return json.load(OPENER.open(request, timeout=60))["value"]

    def run(self, script, *arguments):
        return self.ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def command(self, name, parameters):
        return self.ask("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    @staticmethod
    def wait(what, condition):
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                if condition():
                    return
            except (OSError, urllib.error.URLError):
                pass
            if time.monotonic() > end:
                sys.exit(f"after {PATIENCE_SECONDS} s still no {what}")
            time.sleep(0.05)

    def open(self, url, sign):
        self.ask("POST", "/url", {"url": url})
        self.wait(f"{sign} at {url}", lambda: self.run("return document.querySelector(arguments[0]) !== null", sign))


def look(browser, axe):
    """What axe finds on the page that is open, as (impact, rule, help, target)."""
    browser.run(axe)
    found = browser.ask("POST", "/execute/async", {"script": """
        const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] }).then((result) => done(result.violations),
          (error) => done([{ impact: 'critical', id: 'axe', help: String(error), nodes: [] }]));
        """, "args": []})
    return [(one["impact"], one["id"], one["help"], [" ".join(map(str, node["target"])) for node in one["nodes"]])
            for one in found]


def main():
    url, token, axe_path = sys.argv[1].rstrip("/"), os.environ["CONFORMANCE_TOKEN"], sys.argv[2]
    with open(axe_path, encoding="utf-8") as file:
        axe = file.read()
    request = urllib.request.Request(url + "/api/tickets?limit=1", headers={"Authorization": "Bearer " + token})
    tickets = json.load(OPENER.open(request))["tickets"]
    screens = SCREENS + [("ticket", "/tickets/" + one["number"], "article h1") for one in tickets]
    if not tickets:
        print("This node has no ticket: the page of one is not looked at.")
    browser = Browser()
    grave = 0
    try:
        browser.command("Network.enable", {})
        browser.command("Network.setExtraHTTPHeaders", {"headers": {"Authorization": "Bearer " + token}})
        for width in (1280, 390):
            browser.command("Emulation.setDeviceMetricsOverride", {
                "width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600})
            for scheme in ("light", "dark"):
                browser.command("Emulation.setEmulatedMedia", {
                    "media": "", "features": [{"name": "prefers-color-scheme", "value": scheme}]})
                for name, path, sign in screens:
                    browser.open(url + path, sign)
                    for impact, rule, text, targets in look(browser, axe):
                        grave += impact in GRAVE
                        print(f"{name}, {width} wide, {scheme}: {impact}: {rule}: {text}")
                        for target in targets[:5]:
                            print(f"    {target}")
    finally:
        browser.close()
    print(f"{len(screens)} screens, each four times: {grave} serious findings")
    sys.exit(1 if grave else 0)


main()
