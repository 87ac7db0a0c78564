#include "CConsole.h"

/* The compiler notes each embedded file as it notes headers: one that changes is embedded anew. */
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char actions_js[] = {
#embed "web/actions.js"
};
static const unsigned char announce_js[] = {
#embed "web/announce.js"
};
static const unsigned char api_js[] = {
#embed "web/api.js"
};
static const unsigned char app_js[] = {
#embed "web/app.js"
};
static const unsigned char asking_js[] = {
#embed "web/asking.js"
};
static const unsigned char badge_js[] = {
#embed "web/badge.js"
};
static const unsigned char boot_js[] = {
#embed "web/boot.js"
};
static const unsigned char bulk_js[] = {
#embed "web/bulk.js"
};
static const unsigned char charts_js[] = {
#embed "web/charts.js"
};
static const unsigned char clocks_js[] = {
#embed "web/clocks.js"
};
static const unsigned char conflicts_js[] = {
#embed "web/conflicts.js"
};
static const unsigned char console_css[] = {
#embed "web/console.css"
};
static const unsigned char create_js[] = {
#embed "web/create.js"
};
static const unsigned char customer_js[] = {
#embed "web/customer.js"
};
static const unsigned char difference_js[] = {
#embed "web/difference.js"
};
static const unsigned char dom_js[] = {
#embed "web/dom.js"
};
static const unsigned char fields_js[] = {
#embed "web/fields.js"
};
static const unsigned char icon_svg[] = {
#embed "web/icon.svg"
};
static const unsigned char index_html[] = {
#embed "web/index.html"
};
static const unsigned char knowledge_js[] = {
#embed "web/knowledge.js"
};
static const unsigned char keys_js[] = {
#embed "web/keys.js"
};
static const unsigned char list_js[] = {
#embed "web/list.js"
};
static const unsigned char live_js[] = {
#embed "web/live.js"
};
static const unsigned char pack_js[] = {
#embed "web/pack.js"
};
static const unsigned char progress_css[] = {
#embed "web/progress.css"
};
static const unsigned char progress_html[] = {
#embed "web/progress.html"
};
static const unsigned char progress_js[] = {
#embed "web/progress.js"
};
static const unsigned char queues_js[] = {
#embed "web/queues.js"
};
static const unsigned char reviews_js[] = {
#embed "web/reviews.js"
};
static const unsigned char search_js[] = {
#embed "web/search.js"
};
static const unsigned char signin_js[] = {
#embed "web/signin.js"
};
static const unsigned char stale_js[] = {
#embed "web/stale.js"
};
static const unsigned char stages_js[] = {
#embed "web/stages.js"
};
static const unsigned char standards_js[] = {
#embed "web/standards.js"
};
static const unsigned char suggest_js[] = {
#embed "web/suggest.js"
};
static const unsigned char terms_js[] = {
#embed "web/terms.js"
};
static const unsigned char ticket_js[] = {
#embed "web/ticket.js"
};
static const unsigned char time_js[] = {
#embed "web/time.js"
};
static const unsigned char timeline_js[] = {
#embed "web/timeline.js"
};
static const unsigned char wall_js[] = {
#embed "web/wall.js"
};
static const unsigned char words_js[] = {
#embed "web/words.js"
};

#define FILE_OF(name, bytes) {name, bytes, sizeof(bytes)}

static const console_file files[] = {
    FILE_OF("actions.js", actions_js),
    FILE_OF("announce.js", announce_js),
    FILE_OF("api.js", api_js),
    FILE_OF("app.js", app_js),
    FILE_OF("asking.js", asking_js),
    FILE_OF("badge.js", badge_js),
    FILE_OF("boot.js", boot_js),
    FILE_OF("bulk.js", bulk_js),
    FILE_OF("charts.js", charts_js),
    FILE_OF("clocks.js", clocks_js),
    FILE_OF("conflicts.js", conflicts_js),
    FILE_OF("console.css", console_css),
    FILE_OF("create.js", create_js),
    FILE_OF("customer.js", customer_js),
    FILE_OF("difference.js", difference_js),
    FILE_OF("dom.js", dom_js),
    FILE_OF("fields.js", fields_js),
    FILE_OF("icon.svg", icon_svg),
    FILE_OF("index.html", index_html),
    FILE_OF("keys.js", keys_js),
    FILE_OF("knowledge.js", knowledge_js),
    FILE_OF("list.js", list_js),
    FILE_OF("live.js", live_js),
    FILE_OF("pack.js", pack_js),
    FILE_OF("progress.css", progress_css),
    FILE_OF("progress.html", progress_html),
    FILE_OF("progress.js", progress_js),
    FILE_OF("queues.js", queues_js),
    FILE_OF("reviews.js", reviews_js),
    FILE_OF("search.js", search_js),
    FILE_OF("signin.js", signin_js),
    FILE_OF("stale.js", stale_js),
    FILE_OF("stages.js", stages_js),
    FILE_OF("standards.js", standards_js),
    FILE_OF("suggest.js", suggest_js),
    FILE_OF("terms.js", terms_js),
    FILE_OF("ticket.js", ticket_js),
    FILE_OF("time.js", time_js),
    FILE_OF("timeline.js", timeline_js),
    FILE_OF("wall.js", wall_js),
    FILE_OF("words.js", words_js),
};

const console_file *console_files(size_t *count) {
    *count = sizeof(files) / sizeof(files[0]);
    return files;
}
