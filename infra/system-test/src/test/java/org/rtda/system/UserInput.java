package org.rtda.system;

import java.nio.file.Path;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.rtda.testkit.Browser;

/** How a person uses a page: everything that can be done by mouse can be done by keyboard alone. */
interface UserInput {
    /** A link, a button, a box or a summary. */
    void press(By what);

    /** In place of what a field says. */
    void write(By field, String text);

    /**
     * Of a list of choices.
     *
     * @param begins what the text of the choice begins with, and that of no other
     */
    void choose(By list, String begins);

    /** The dialogue for files is the system's and cannot be driven: its answer is given. */
    void attach(By field, Path file);

    record Mouse(Browser browser) implements UserInput {
        private WebElement ready(By what) {
            WebElement found = browser.await().until(ExpectedConditions.elementToBeClickable(what));
            // as a person does who does not see all of it
            browser.driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", found);
            return found;
        }

        @Override
        public void press(By what) {
            ready(what).click();
        }

        @Override
        public void write(By field, String text) {
            WebElement input = ready(field);
            input.clear();
            input.sendKeys(text);
        }

        @Override
        public void choose(By list, String begins) {
            Select select = new Select(ready(list));
            String text = select.getOptions().stream()
                    .map(WebElement::getText)
                    .filter(option -> option.startsWith(begins))
                    .findFirst()
                    .orElseThrow();
            select.selectByVisibleText(text);
        }

        @Override
        public void attach(By field, Path file) {
            browser.await()
                    .until(ExpectedConditions.presenceOfElementLocated(field))
                    .sendKeys(file.toString());
        }
    }

    /** Tab, Enter, the space bar and letters. */
    record Keyboard(Browser browser) implements UserInput {
        /** A form has some eighty fields, and a list of experiments three places in a row. */
        private static final int FARTHEST = 400;

        private void tabTo(By what) {
            browser.await().until(ExpectedConditions.visibilityOfElementLocated(what));
            for (int i = 0; i < FARTHEST; i++) {
                WebElement target = browser.driver().findElement(what);
                if (browser.driver().switchTo().activeElement().equals(target)) {
                    return;
                }
                keys(Keys.TAB);
            }
            throw new AssertionError(what + " cannot be reached by Tab");
        }

        private void keys(CharSequence... keys) {
            new Actions(browser.driver()).sendKeys(keys).perform();
        }

        @Override
        public void press(By what) {
            tabTo(what);
            boolean box = "checkbox"
                    .equals(browser.driver().switchTo().activeElement().getDomAttribute("type"));
            keys(box ? Keys.SPACE : Keys.ENTER);
        }

        @Override
        public void write(By field, String text) {
            tabTo(field);
            new Actions(browser.driver())
                    .keyDown(Keys.CONTROL)
                    .sendKeys("a")
                    .keyUp(Keys.CONTROL)
                    .sendKeys(text)
                    .perform();
        }

        @Override
        public void choose(By list, String begins) {
            tabTo(list);
            keys(begins);
        }

        @Override
        public void attach(By field, Path file) {
            tabTo(field);
            browser.driver().switchTo().activeElement().sendKeys(file.toString());
        }
    }
}
