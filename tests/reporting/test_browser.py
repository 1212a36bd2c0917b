"""The web page in a real headless Chromium: filters, search, keyboard, accessibility, and nothing that leaves the file."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sample_reports import HOSTILE, mixed, report_of
from test_comparison_formats import everything

from wtaudit.model import Report, Status
from wtaudit.reporting import Format, Layout, render
from wtaudit.reporting.comparing import ComparisonFormat, render_comparison

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no chromium with chromedriver on this machine"
)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--window-size=1100,1000",
)


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield started
    started.quit()


@pytest.fixture(scope="module")
def some(audited: Report) -> Report:
    """A few real findings of every status that occurs."""
    kept = [f for s in Status for f in [f for f in audited.findings if f.status is s][:6]]
    order = {f.requirement_id: n for n, f in enumerate(audited.findings)}
    return replace(audited, findings=tuple(sorted(kept, key=lambda f: order[f.requirement_id])))


@pytest.fixture(scope="module")
def page(some: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(some, tmp_path_factory.mktemp("page"))


def written(report: Report, folder: Path) -> str:
    links = {document.path: document.path for document in report.documents}
    made = render(report, Format.HTML, Layout(links=links))
    assert isinstance(made, str)
    file = folder / "report.html"
    file.write_text(made, encoding="utf-8")
    return file.as_uri()


def opened(driver: Any, address: str) -> Any:
    driver.get("about:blank")
    driver.get(address)
    return driver


def visible(driver: Any) -> list[str]:
    found = driver.execute_script(
        "return [...document.querySelectorAll('.finding:not([hidden])')].map(n => n.id)"
    )
    return sorted(found)


def ids(report: Report, **wanted: str) -> list[str]:
    return sorted(
        f.requirement_id
        for f in report.findings
        if all(getattr(f, key) == value for key, value in wanted.items())
    )


def choose(driver: Any, name: str, value: str) -> None:
    driver.find_element("css selector", f"#f-{name} option[value='{value}']").click()


def test_filters_narrow_and_the_state_is_in_the_address(driver: Any, page: str, some: Report) -> None:
    opened(driver, page)
    assert visible(driver) == ids(some)
    choose(driver, "status", "missing")
    assert visible(driver) == ids(some, status=Status.MISSING)
    assert driver.current_url.endswith("#status=missing")
    choose(driver, "status", "")
    choose(driver, "theme", "governance")
    assert visible(driver) == ids(some, theme="governance")
    choose(driver, "level", "core")
    assert visible(driver) == ids(some, theme="governance", level="core")
    assert "findings shown" in driver.find_element("id", "shown").text
    driver.find_element("css selector", "#filters button").click()
    driver.implicitly_wait(0)
    assert driver.execute_async_script("setTimeout(arguments[0], 50)") is None
    assert visible(driver) == ids(some)
    assert "#" not in driver.current_url


def test_the_document_filter_keeps_what_quotes_it(driver: Any, page: str, some: Report) -> None:
    opened(driver, page)
    choose(driver, "document", "2")
    quoting = [
        f.requirement_id for f in some.findings
        if any(e.document == 2 for e in (*f.evidence, *(m.evidence for m in f.near_misses)))
    ]  # fmt: skip
    assert visible(driver) == sorted(quoting)


def test_an_address_with_a_state_opens_in_it(driver: Any, page: str, some: Report) -> None:
    opened(driver, f"{page}#status=partial&q=" + "the")
    assert set(visible(driver)) <= set(ids(some, status=Status.PARTIAL))
    assert driver.find_element("id", "f-q").get_attribute("value") == "the"


def test_search_by_keyboard_alone(driver: Any, page: str, some: Report) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(driver, page)
    target = next(f for f in some.findings if f.is_gap)
    keys = driver.switch_to.active_element
    keys.send_keys(Keys.TAB)
    assert driver.switch_to.active_element.get_attribute("class") == "skip"
    for _ in range(60):
        if driver.switch_to.active_element.get_attribute("id") == "f-q":
            break
        driver.switch_to.active_element.send_keys(Keys.TAB)
    driver.switch_to.active_element.send_keys(target.requirement_id.lower())
    assert target.requirement_id in visible(driver)
    assert len(visible(driver)) < len(some.findings)
    outline = driver.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_a_link_to_a_hidden_finding_shows_it(driver: Any, page: str, some: Report) -> None:
    opened(driver, f"{page}#q=nothingmatchesthis")
    assert visible(driver) == []
    target = ids(some)[0]
    driver.execute_script(f"location.hash = '{target}'")
    assert driver.execute_async_script("setTimeout(arguments[0], 50)") is None
    assert visible(driver) == ids(some)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 320])
def test_no_rule_of_axe_is_broken(driver: Any, page: str, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_core_python.base", reason="axe-core-python is not installed")
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    opened(driver, page)
    assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    driver.execute_script(axe.AXE_SCRIPT)
    result = driver.execute_async_script("const done = arguments[0]; axe.run().then(done)")
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert len(result["passes"]) > 30
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in result["violations"]] == []


def test_no_error_in_the_console_and_no_request_leaves_the_file(driver: Any, tmp_path: Path) -> None:
    driver.get_log("browser")
    driver.get_log("performance")
    for number, text in enumerate(HOSTILE):
        (tmp_path / str(number)).mkdir()
        opened(driver, written(report_of(mixed(text), text), tmp_path / str(number)))
        assert "audit" in driver.title
    assert driver.get_log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    assert asked
    assert {url.partition(":")[0] for url in asked} <= {"file", "about"}


def test_without_javascript_everything_is_there(driver: Any, page: str, some: Report) -> None:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(driver, page)
        assert not driver.find_element("id", "filters").is_displayed()
        shown = driver.find_element("tag name", "body").text
        assert all(f.requirement_id in shown for f in some.findings)
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_it_prints_on_a4_with_every_finding(driver: Any, page: str, some: Report) -> None:
    import pypdfium2

    opened(driver, page)
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    document = pypdfium2.PdfDocument(base64.b64decode(printed["data"]))
    texts = []
    for sheet in document:
        assert [round(side) for side in sheet.get_size()] == [595, 842]
        texts.append(sheet.get_textpage().get_text_range())
    document.close()
    assert all(f.requirement_id in " ".join(texts) for f in some.findings)
    assert "do not count" in " ".join(texts)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_axe_is_broken_by_the_page_of_a_comparison(
    driver: Any, tmp_path: Path, scheme: str
) -> None:
    axe = pytest.importorskip("axe_core_python.base", reason="axe-core-python is not installed")
    file = tmp_path / "comparison.html"
    file.write_text(render_comparison(everything(), ComparisonFormat.HTML), encoding="utf-8")
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    opened(driver, file.as_uri())
    driver.execute_script(axe.AXE_SCRIPT)
    result = driver.execute_async_script("const done = arguments[0]; axe.run().then(done)")
    assert len(result["passes"]) > 15
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in result["violations"]] == []
