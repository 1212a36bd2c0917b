"""The heat map in a real headless Chromium: accessibility in light and dark, keyboard, and nothing that leaves the file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from test_matrix import ASKED, HOSTILE, C, M, P, U, X, matrix, row

from wtaudit.portfolio.formats import MatrixFormat, render_matrix

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no chromium with chromedriver on this machine"
)


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield started
    started.quit()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    rows = [row(f"Partnership {n}", (M, P, X, C, U)[n % 5], X, U) for n in range(60)]
    rows.append(row(HOSTILE, M, X, C, troubles=(HOSTILE,)))
    file = tmp_path_factory.mktemp("page") / "matrix.html"
    file.write_text(render_matrix(matrix(*rows, notes=(HOSTILE,)), MatrixFormat.HTML), encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 320])
def test_no_rule_of_axe_is_broken_and_only_the_map_scrolls(
    driver: Any, page: str, scheme: str, width: int
) -> None:
    axe = pytest.importorskip("axe_core_python.base", reason="axe-core-python is not installed")
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get(page)
    assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    driver.execute_script(axe.AXE_SCRIPT)
    result = driver.execute_async_script("const done = arguments[0]; axe.run().then(done)")
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert len(result["passes"]) > 20
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in result["violations"]] == []


def test_the_keyboard_reaches_and_scrolls_the_map(driver: Any, page: str) -> None:
    from selenium.webdriver.common.keys import Keys

    driver.get("about:blank")
    driver.get(page)
    driver.switch_to.active_element.send_keys(Keys.TAB)
    assert driver.switch_to.active_element.get_attribute("class") == "skip"
    for _ in range(60):
        if driver.switch_to.active_element.get_attribute("class") == "map":
            break
        driver.switch_to.active_element.send_keys(Keys.TAB)
    area = driver.switch_to.active_element
    for _ in range(5):
        area.send_keys(Keys.ARROW_RIGHT)
    assert driver.execute_async_script(
        "const done = arguments[1]; setTimeout(() => done(arguments[0].scrollLeft), 400)", area
    )
    first = driver.find_element("css selector", f"#{ASKED[0].id} th").rect["x"]
    assert first >= 0  # the requirement stays in sight


def test_status_is_told_in_words_and_signs_and_nothing_is_loaded(driver: Any, page: str) -> None:
    driver.get_log("performance")
    driver.get("about:blank")
    driver.get(page)
    cells = driver.execute_script(
        "return [...document.querySelectorAll('#map td.cell')].slice(0, 5).map(c => "
        "[c.textContent, getComputedStyle(c, '::before').content[1]])"
    )
    assert cells == [
        ["Met", "✓"],
        ["Partial", "½"],
        ["Missing", "✗"],
        ["Contradicted", "!"],
        ["Unknown", "?"],
    ]
    assert driver.get_log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    assert {url.partition(":")[0] for url in asked} <= {"file", "about"}
