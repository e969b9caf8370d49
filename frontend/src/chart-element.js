// <jq-chart>: a picture of the table that stands inside it. The drawing code is a separate chunk, fetched when a
// chart comes near the screen; if it does not arrive, the table is simply what one sees.

class ChartElement extends HTMLElement {
  connectedCallback() {
    this.onTheme = () => this.draw?.();
    document.addEventListener("jq:theme", this.onTheme);
    this.addEventListener("click", (event) => {
      const view = event.target.closest("[data-chart-view]")?.dataset.chartView;
      if (view) this.show(view);
    });
    this.watch = new IntersectionObserver(([entry]) => entry.isIntersecting && this.load(), { rootMargin: "400px" });
    this.watch.observe(this);
  }

  disconnectedCallback() {
    document.removeEventListener("jq:theme", this.onTheme);
    this.watch.disconnect();
    this.stop?.();
  }

  async load() {
    this.watch.disconnect();
    try {
      const { mount } = await import("./chart.js");
      this.show("picture");
      const spec = JSON.parse(document.getElementById(this.dataset.source).textContent);
      const { draw, stop } = mount(this.querySelector(".chart__picture"), spec);
      this.draw = draw;
      this.stop = stop;
    } catch (error) {
      delete this.dataset.view;
      console.error("chart not drawn", error);
    }
  }

  show(view) {
    this.dataset.view = view;
    for (const button of this.querySelectorAll("[data-chart-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.chartView === view));
    }
    if (view === "picture") this.draw?.();
  }
}

customElements.define("jq-chart", ChartElement);
