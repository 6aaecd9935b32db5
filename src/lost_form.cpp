// What was typed in a refused form, given back (see lost_form.hpp).
#include "lost_form.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ui/components.hpp"

namespace {
namespace lost {

constexpr std::size_t max_fields = 100;
constexpr std::size_t max_text = 20'000;   // characters of one field: no form of ours takes more
constexpr std::size_t max_total = 200'000; // of them all

/// What the person did not type, or must not see on the screen.
bool is_kept_back(std::string_view name)
{
    constexpr std::string_view machinery[] = {"csrf", "cle", "version", "retour", "action", "site_web"};
    constexpr std::string_view secrets[] = {"passe", "jeton", "secret", "actuel"};
    return std::ranges::find(machinery, name) != std::end(machinery) ||
           std::ranges::any_of(secrets, [&](auto s) { return name.find(s) != std::string_view::npos; });
}

/// The label of a field as the forms of the agents write it; for the others, « adresse_voie » gives « Adresse
/// voie »: the label itself is on the page that was left.
std::string label_of(std::string_view name)
{
    struct Label {
        std::string_view name, label;
    };
    constexpr Label known[] = {
        {"actif", "En service"},
        {"code_postal", "Code postal"},
        {"comite", "Comité"},
        {"competences", "Compétences"},
        {"date", "Date"},
        {"departement", "Département"},
        {"email", "Adresse électronique"},
        {"epci", "Intercommunalité"},
        {"genre", "Nature du lieu"},
        {"insee", "Code Insee"},
        {"prenom", "Prénom"},
        {"reference", "Référence"},
        {"reference_acte", "Référence de l’acte"},
        {"role", "Rôle"},
        {"telephone", "Téléphone"},
        {"visible_deposant", "Montré au déposant"},
    };
    if (const auto* l = std::ranges::find(known, name, &Label::name); l != std::end(known))
        return std::string{l->label};
    auto out = base::truncate(name, 80);
    std::ranges::replace(out, '_', ' ');
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
    return out;
}

bool is_free_text(std::string_view value)
{
    return value.size() > 60 || value.find('\n') != std::string_view::npos;
}

/// "https://hote:port" of an address, empty when it is not one.
std::string_view origin_of(std::string_view address)
{
    const auto scheme = address.find("://");
    if (scheme == std::string_view::npos) return {};
    return address.substr(0, address.find_first_of("/?#", scheme + 3));
}

/// Is this origin ours? By the address people use, or by the one this very request was sent to.
bool is_ours(std::string_view origin, const http::Request& request, std::string_view base_url)
{
    if (origin.empty() || origin == "null") return false;
    const auto host = request.header("host");
    return origin == origin_of(base_url) ||
           (!host.empty() && (origin == "http://" + host || origin == "https://" + host));
}

} // namespace lost
} // namespace

bool sent_from_here(const http::Request& request, std::string_view base_url)
{
    // Browsers send this one themselves; no page can write it.
    const auto site = request.header("sec-fetch-site");
    if (!site.empty()) return site == "same-origin";
    return lost::is_ours(request.header("origin"), request, base_url);
}

std::string page_before(const http::Request& request, std::string_view base_url)
{
    const auto referer = request.header("referer");
    const auto origin = lost::origin_of(referer);
    if (!lost::is_ours(origin, request, base_url)) return {};
    const auto rest = std::string_view{referer}.substr(origin.size());
    return std::string{rest.substr(0, rest.find_first_of("?#"))}; // ours are plain ASCII: nothing to decode
}

std::string lost_form_page(const ui::Chrome& chrome, const LostForm& lost, const http::Request& request)
{
    http::Pairs long_ones, short_ones;
    bool whole = true;
    std::size_t total = 0;
    for (const auto& [name, value] : request.form) {
        if (!lost.give_back || lost::is_kept_back(name) || base::trim(value).empty()) continue;
        if (long_ones.size() + short_ones.size() == lost::max_fields || total >= lost::max_total) {
            whole = false;
            break;
        }
        auto shown = base::truncate(value, std::min(lost::max_text, lost::max_total - total));
        whole = whole && shown.size() == value.size();
        total += shown.size();
        (lost::is_free_text(value) ? long_ones : short_ones)
            .emplace_back(lost::label_of(name), std::move(shown));
    }
    const bool something = !long_ones.empty() || !short_ones.empty();

    return ui::page(chrome, {.title = lost.title, .width = ui::Width::Reading}, [&](ui::Html& h) {
        h("<h1>{}</h1><p class=\"fr-text--sm fr-mb-3w\">Erreur {}</p>", lost.title, lost.status);
        h("<div class=\"fr-text--lead fr-mb-3w\">{}</div>", lost.text);
        if (something) {
            h("<h2 class=\"fr-h4\">Ce que vous aviez écrit</h2>"
              "<p>Copiez ce qui vous est utile : ce texte n’est gardé nulle part, il disparaîtra quand vous "
              "quitterez cette page.</p>");
            int n = 0;
            for (const auto& [label, value] : long_ones) {
                ++n;
                h("<div class=\"fr-input-group\"><label class=\"fr-label\" for=\"texte-{}\">{}</label>"
                  "<textarea class=\"fr-input\" id=\"texte-{}\" rows=\"8\" readonly>\n{}</textarea></div>",
                  n, label, n, value);
            }
            if (!short_ones.empty()) {
                std::vector<ui::RecapRow> rows;
                for (const auto& [label, value] : short_ones)
                    rows.push_back({.label = label, .value = value});
                ui::recap(h, {.title = "Vos autres réponses", .rows = rows, .level = 3});
            }
            if (!whole) h("<p>Votre envoi était très long : la fin n’est pas montrée ici.</p>");
        }
        if (lost.give_back && !request.files.empty())
            h("<p>Les fichiers joints n’ont pas été gardés : vous devrez les choisir de nouveau.</p>");
        const auto next = lost.next.url.empty() ? ui::Link{"Page d’accueil", ui::url("/")} : lost.next;
        if (something) // beside this page, so that the text stays under the eyes
            h("<p><a class=\"fr-btn\" href=\"{}\" target=\"_blank\" rel=\"noopener\" title=\"{} – nouvelle "
              "fenêtre\">{}</a></p>",
              next.url, next.label, next.label);
        else
            ui::buttons(h, {{.label = next.label, .url = next.url}});
        if (!lost.request_id.empty())
            h("<p class=\"fr-text--sm\">Si vous nous écrivez, donnez ce numéro : <code>{}</code></p>",
              lost.request_id);
    });
}
