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
 * A headless Chromium used as a person does: presses what is written on the screen, and waits until something is to be
 * seen. Main UI keeps the pages of before in the document and lets pages slide in, so only what is on top and stands
 * still is pressed.
 */
final class Chromium implements AutoCloseable {
    static final Path BROWSER = Path.of("/usr/bin/chromium");
    static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_LOOKS = 10;
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
                "--lang=en-GB",
                "--window-size=1280,960",
                "--user-data-dir=" + home.toAbsolutePath());
        // Named, or Selenium would look for one to download.
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
     * @param home for the profile; what was there before is deleted
     * @param pictures where the pictures go; what was there before is deleted
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

    /** Loads an address anew, which Main UI does not do by itself when only the part behind the # differs. */
    void goAnew(String url) {
        driver.get("about:blank");
        driver.get(url);
    }

    /** Does something in a tab of its own, and comes back to the one that stayed open meanwhile. */
    void inAnotherTab(Runnable visit) {
        String before = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.TAB);
        visit.run();
        driver.close();
        driver.switchTo().window(before);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** Presses what has exactly this text. */
    void press(String text) {
        Rectangle[] before = {null};
        Await.until("\"" + text + "\" to press", PATIENCE, () -> {
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

    /** Presses what has no text of its own. */
    void press(By what) {
        Await.until(what + " to press", PATIENCE, () -> {
            element(what).click();
            return true;
        });
    }

    /** Waits until a field is there, and writes into it instead of what it held. */
    void write(By field, String text) {
        Await.until(field + " to hold what was written", PATIENCE, () -> {
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

    /** What is to be read on the screen, without the pages below it. */
    String text() {
        WebElement top = driver.findElements(By.cssSelector(".view-main .page-current")).stream()
                .findFirst()
                .orElseGet(() -> driver.findElement(By.tagName("body")));
        return top.getText();
    }

    /** Waits until all of these are to be read on the screen. */
    String see(String... texts) {
        return Await.until("\"" + String.join("\", \"", texts) + "\" on the screen", PATIENCE, this::text, t -> {
            for (String wanted : texts) {
                if (!t.contains(wanted)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Waits until something is not to be read on the screen any more. */
    void seeNoMore(String text) {
        Await.until("no \"" + text + "\" on the screen", PATIENCE, this::text, t -> !t.contains(text));
    }

    /**
     * Looks until two looks in a row show the same, so that no page slides and no dialog fades. What moves for ever, such
     * as the bar of a scan, is no failure: after some looks the picture is good enough.
     */
    private byte[] stillPicture() {
        // Scrolling to what is pressed also moves what has no scroll bar.
        driver.executeScript("document.querySelectorAll('html,body,#app,.view,.page').forEach(e => e.scrollTop = 0)");
        byte[] before = {};
        byte[] now = driver.getScreenshotAs(OutputType.BYTES);
        for (int looks = 0; looks < MOST_LOOKS && !Arrays.equals(before, now); looks++) {
            before = now;
            now = driver.getScreenshotAs(OutputType.BYTES);
        }
        return now;
    }

    void scrollToTop() {
        driver.executeScript("const p = document.querySelector('.view-main .page-current .page-content');"
                + " if (p) p.scrollTop = 0; document.activeElement && document.activeElement.blur();");
    }

    /** Keeps a picture under the next number. */
    Path picture(String name) {
        return save(String.format(Locale.ROOT, "%02d-%s.png", ++taken, name), stillPicture());
    }

    /** Keeps what is to be known when a test fails. */
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

    /** Writes the part of the screen that one element takes, as a picture for readers. */
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

    /** Ends browser and driver, also when one of them hangs. */
    @Override
    public void close() {
        try {
            driver.quit();
        } finally {
            service.stop();
        }
    }
}
