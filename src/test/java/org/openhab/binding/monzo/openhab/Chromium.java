/*
 * Copyright (c) 2026 Contributors to the openHAB Monzo binding
 *
 * See the NOTICE file(s) distributed with this work for additional
 * information.
 *
 * This program and the accompanying materials are made available under the
 * terms of the Eclipse Public License 2.0 which is available at
 * http://www.eclipse.org/legal/epl-2.0
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.openhab.binding.monzo.openhab;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * A headless Chromium driven like a user: presses visible texts and waits for visible texts. Main UI keeps earlier pages in
 * the document and animates page changes, so only elements on top that do not move are pressed.
 */
final class Chromium implements AutoCloseable {
    static final Path BROWSER = Path.of("/usr/bin/chromium");
    static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    /** What Main UI shows above a page, such as a step of a rule. */
    static final By POPUP = By.cssSelector(".popup.modal-in");

    private static final Duration AWAIT_TIMEOUT = OpenHabFixture.AWAIT_TIMEOUT;
    private static final int MAX_SHOTS = 10;
    private static final String ON_TOP = """
            const [wanted] = arguments;
            const all = document.querySelectorAll('a,button,span,div,label,input[type=submit]');
            for (const e of Array.from(all).reverse()) {
              const own = (e.tagName === 'INPUT' && e.value) || Array.from(e.childNodes)
                  .filter(n => n.nodeType === 3).map(n => n.textContent).join('').replace(/\\s+/g, ' ').trim();
              if (own !== wanted) continue;
              const target = e.closest('a,button,label,li,.actions-button,.dialog-button') || e;
              const isOnTop = () => {
                const r = e.getBoundingClientRect();
                const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
                return top && target.contains(top);
              };
              if (isOnTop()) return e;
              e.scrollIntoView({block: 'center'});
              if (isOnTop()) return e;
            }
            return null;
            """;

    private final Path pictures;
    private final ChromeDriverService service;
    private final ChromeDriver driver;
    private int taken;

    private Chromium(Path home, Path pictures) {
        this.pictures = pictures;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--lang=en-GB",
                "--window-size=1280,960",
                "--user-data-dir=" + home.toAbsolutePath());
        // Set explicitly, otherwise Selenium would try to download one.
        service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withLogFile(home.resolveSibling("chromedriver.log").toFile())
                .build();
        try {
            driver = new ChromeDriver(service, options);
        } catch (RuntimeException e) {
            service.stop();
            throw e;
        }
    }

    /**
     * @param home the directory of the profile; emptied first
     * @param pictures the directory of the pictures; emptied first
     */
    static Chromium open(Path home, Path pictures) {
        try {
            Directories.delete(home);
            Directories.delete(pictures);
            Files.createDirectories(home);
            Files.createDirectories(pictures);
            return new Chromium(home, pictures);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isInstalled() {
        return Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
    }

    void go(String url) {
        driver.get(url);
    }

    /** Reloads a URL, as Main UI does not when only the fragment differs. */
    void goAnew(String url) {
        driver.get("about:blank");
        driver.get(url);
    }

    /** Runs a visit in another tab and returns to the current one, which stays open. */
    void inAnotherTab(Runnable visit) {
        String before = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.TAB);
        visit.run();
        driver.close();
        driver.switchTo().window(before);
    }

    /** Shows pages in a window of this size, as a phone does if it is narrow. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** Sets what a person chooses in Help & About of Main UI, from the next page on. */
    void appearance(String name, String value) {
        driver.executeScript("localStorage.setItem('openhab.ui:' + arguments[0], arguments[1])", name, value);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** Presses the element with exactly this text. */
    void press(String text) {
        Rectangle[] before = {null};
        Await.until("\"" + text + "\" to press", AWAIT_TIMEOUT, () -> {
            WebElement found = (WebElement) driver.executeScript(ON_TOP, text);
            if (found == null) {
                before[0] = null;
                return false;
            }
            Rectangle now = found.getRect();
            if (!now.equals(before[0])) {
                before[0] = now;
                return false;
            }
            new Actions(driver).moveToElement(found).click().perform();
            return true;
        });
    }

    /** Presses an element without text. */
    void press(By what) {
        Await.until(what + " to press", AWAIT_TIMEOUT, () -> {
            element(what).click();
            return true;
        });
    }

    /** Waits for a field and replaces its content. */
    void write(By field, String text) {
        Await.until(field + " to hold what was written", AWAIT_TIMEOUT, () -> {
            WebElement input = element(field);
            input.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
            return input.getAttribute("value").equals(text);
        });
    }

    WebElement element(By what) {
        return driver.findElements(what).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Not there: " + what));
    }

    /** Returns the visible text, without the pages below. */
    String text() {
        return Stream.of(POPUP, By.cssSelector(".view-main .page-current"), By.tagName("body"))
                .flatMap(what -> driver.findElements(what).stream())
                .findFirst()
                .map(WebElement::getText)
                .orElseThrow();
    }

    /** Waits until all of these texts are visible. */
    String see(String... texts) {
        return Await.until("\"" + String.join("\", \"", texts) + "\" on the screen", AWAIT_TIMEOUT, this::text, t -> {
            for (String wanted : texts) {
                if (!t.contains(wanted)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Waits until a text is no longer visible. */
    void seeNoMore(String text) {
        Await.until("no \"" + text + "\" on the screen", AWAIT_TIMEOUT, this::text, t -> !t.contains(text));
    }

    /**
     * Waits until two screenshots in a row are equal, so that no animation is running. Endless animations, such as the
     * progress bar of a scan, are accepted after a number of screenshots.
     */
    private byte[] stillPicture() {
        // Scrolling to an element also moves elements without a scroll bar.
        driver.executeScript("document.querySelectorAll('html,body,#app,.view,.page').forEach(e => e.scrollTop = 0)");
        byte[] before = {};
        byte[] now = driver.getScreenshotAs(OutputType.BYTES);
        for (int shots = 0; shots < MAX_SHOTS && !Arrays.equals(before, now); shots++) {
            before = now;
            now = driver.getScreenshotAs(OutputType.BYTES);
        }
        return now;
    }

    void scrollToTop() {
        driver.executeScript("const p = document.querySelector('.view-main .page-current .page-content');"
                + " if (p) p.scrollTop = 0; document.activeElement && document.activeElement.blur();");
    }

    /** Saves a screenshot under the next number. */
    Path picture(String name) {
        return save(String.format(Locale.ROOT, "%02d-%s.png", ++taken, name), stillPicture());
    }

    /** Saves diagnostic data of a failed test. */
    void keepForDiagnosis() {
        save("failed.png", driver.getScreenshotAs(OutputType.BYTES));
        try {
            Files.writeString(pictures.resolve("failed.html"), driver.getPageSource());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path save(String name, byte[] png) {
        try {
            return Files.write(pictures.resolve(name), png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves a picture of one element for the documentation. */
    void cut(By what, int atMostHigh, Path file) {
        byte[] screen = stillPicture();
        Rectangle part = element(what).getRect();
        try {
            BufferedImage all = ImageIO.read(new ByteArrayInputStream(screen));
            int height = Math.min(Math.min(part.height, atMostHigh), all.getHeight() - part.y);
            Files.createDirectories(file.getParent());
            ImageIO.write(all.getSubimage(part.x, part.y, part.width, height), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes browser and driver, even if one of them hangs. */
    @Override
    public void close() {
        try {
            driver.quit();
        } finally {
            service.stop();
        }
    }
}
