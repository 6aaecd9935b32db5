// See s3_client.hpp. With courrier/smtp.cpp and territoire/geocodeur.cpp, the only users of libcurl.
#include "piece/s3_client.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <ctime>
#include <exception>
#include <thread>
#include <utility>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "piece/magasin.hpp"
#include "piece/s3_reponses.hpp"

namespace piece::s3 {
namespace client {

constexpr long connexion_ms = 3000;
constexpr std::size_t connexions_gardees = 8;
/// A clock that is wrong by more is refused by the service.
constexpr std::int64_t ecart_tolere_s = 300;

std::string en_signature(std::time_t t)
{
    std::tm utc{};
    gmtime_r(&t, &utc);
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                       utc.tm_hour, utc.tm_min, utc.tm_sec);
}

bool passager(long status)
{
    return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

/// Nothing may have been done, or it may be done again: the connection was refused or cut, not merely silent.
bool coupee(CURLcode c)
{
    return c == CURLE_COULDNT_CONNECT || c == CURLE_SEND_ERROR || c == CURLE_RECV_ERROR ||
           c == CURLE_GOT_NOTHING || c == CURLE_PARTIAL_FILE || c == CURLE_SEND_FAIL_REWIND;
}

} // namespace client

/// What the callbacks of one request share.
struct Client::Echange {
    const Requete& requete;
    const std::stop_token& arret;
    Reponse reponse = {};
    std::string tampon = {}; // of the body that leaves
    std::size_t pris = 0;
    std::uint64_t partis = 0;
    std::exception_ptr panne = {};
    bool trop_longue = false;

    static std::size_t recevoir(char* octets, std::size_t, std::size_t n, void* a)
    {
        auto& e = *static_cast<Echange*>(a);
        if (e.reponse.corps.size() + n > e.requete.reponse_max) {
            e.trop_longue = true;
            return 0;
        }
        e.reponse.corps.append(octets, n);
        return n;
    }

    static std::size_t entete(char* octets, std::size_t, std::size_t n, void* a)
    {
        auto& r = static_cast<Echange*>(a)->reponse;
        const std::string_view ligne{octets, n};
        const auto deux_points = ligne.find(':');
        if (deux_points == std::string_view::npos || n > 1000) return n;
        std::string nom{ligne.substr(0, deux_points)};
        std::ranges::transform(nom, nom.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        const std::pair<std::string_view, std::string*> voulus[] = {{"etag", &r.etag},
                                                                    {"last-modified", &r.modifie_le},
                                                                    {"date", &r.date},
                                                                    {"content-range", &r.portee}};
        for (const auto& [voulu, ou] : voulus)
            if (nom == voulu) *ou = base::trim(ligne.substr(deux_points + 1));
        return n;
    }

    static std::size_t envoyer(char* ou, std::size_t, std::size_t place, void* a)
    {
        auto& e = *static_cast<Echange*>(a);
        if (e.partis == e.requete.corps.taille) return 0;
        try {
            while (e.pris == e.tampon.size()) {
                e.tampon.clear();
                e.pris = 0;
                e.requete.corps.suivant(e.tampon);
            }
        } catch (...) {
            e.panne = std::current_exception();
            return CURL_READFUNC_ABORT;
        }
        const auto n = std::min(place, e.tampon.size() - e.pris);
        std::memcpy(ou, e.tampon.data() + e.pris, n);
        e.pris += n;
        e.partis += n;
        return n;
    }

    /// A kept connection that was dead: the body leaves again from its start.
    static int reculer(void* a, curl_off_t position, int origine)
    {
        auto& e = *static_cast<Echange*>(a);
        if (position != 0 || origine != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
        e.tampon.clear();
        e.pris = 0;
        e.partis = 0;
        e.requete.corps.reprendre();
        return CURL_SEEKFUNC_OK;
    }

    static int interrompre(void* a, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
    {
        return static_cast<Echange*>(a)->arret.stop_requested() ? 1 : 0;
    }
};

struct Client::Rendu {
    CURLcode fin = CURLE_OK;
    Reponse reponse;
    std::string raison = {};
};

Corps corps_de(std::string_view octets)
{
    return {octets.size(), base::sha256_hex(octets), [] {}, [octets](std::string& out) { out += octets; }};
}

Client::Client(const Config::S3& reglages) : reglages_(reglages)
{
    static std::once_flag une_fois;
    std::call_once(une_fois, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const auto apres_schema = reglages_.adresse.find("://") + 3;
    const auto schema = reglages_.adresse.substr(0, apres_schema);
    const auto serveur = reglages_.adresse.substr(apres_schema);
    const bool par_hote = reglages_.style == Config::S3::Style::Hote;
    hote_ = par_hote ? reglages_.compartiment + '.' + serveur : serveur;
    origine_ = schema + hote_;
    if (!par_hote) racine_ = '/' + reglages_.compartiment;
}

Client::~Client()
{
    for (auto* c : libres_) curl_easy_cleanup(c);
}

void* Client::prendre()
{
    const std::lock_guard verrou{mutex_};
    if (libres_.empty()) {
        auto* c = curl_easy_init();
        if (!c) throw MagasinIndisponible{"libcurl cannot start"};
        return c;
    }
    auto* c = libres_.back();
    libres_.pop_back();
    return c;
}

void Client::rendre(void* c)
{
    {
        const std::lock_guard verrou{mutex_};
        if (libres_.size() < client::connexions_gardees) {
            libres_.push_back(c);
            return;
        }
    }
    curl_easy_cleanup(c);
}

Client::Rendu Client::essayer(const Requete& r, const std::stop_token& arret)
{
    const auto instant = client::en_signature(std::time(nullptr) + decalage_.load());
    const bool avec_corps = r.methode == "PUT" || r.methode == "POST";
    Demande demande{r.methode, racine_ + '/' + (r.cle.empty() ? "" : reglages_.prefixe + r.cle), r.parametres,
                    r.entetes, avec_corps ? r.corps.sha256 : base::sha256_hex("")};
    demande.entetes.emplace_back("host", hote_);
    demande.entetes.emplace_back("x-amz-content-sha256", demande.charge_sha256);
    demande.entetes.emplace_back("x-amz-date", instant);

    struct Liberer {
        void operator()(curl_slist* l) const { curl_slist_free_all(l); }
    };
    std::unique_ptr<curl_slist, Liberer> entetes;
    const auto ajouter = [&](const std::string& ligne) {
        auto* const plus = curl_slist_append(entetes.get(), ligne.c_str());
        if (!plus) throw std::bad_alloc{};
        static_cast<void>(entetes.release());
        entetes.reset(plus);
    };
    for (const auto& [nom, valeur] : demande.entetes)
        if (nom != "host") ajouter(nom + ": " + valeur);
    ajouter("authorization: " +
            autorisation({reglages_.cle, reglages_.secret, reglages_.region}, demande, instant));
    ajouter("expect:"); // no waiting for « 100 Continue »
    if (avec_corps) ajouter("content-type: application/octet-stream");

    auto url = origine_ + coder(demande.chemin, true);
    if (const auto parametres = requete_canonique(r.parametres); !parametres.empty()) url += '?' + parametres;

    Echange echange{r, arret};
    auto* const curl = static_cast<CURL*>(prendre());
    char raison[CURL_ERROR_SIZE] = "";
    curl_easy_reset(curl); // keeps the connection
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L); // a redirection would carry the signature elsewhere
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Logis");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, entetes.get());
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, raison);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     std::min(client::connexion_ms, static_cast<long>(reglages_.patience) * 1000));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME,
                     static_cast<long>(reglages_.patience) * static_cast<long>(r.patience_facteur));
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &Echange::interrompre);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &echange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Echange::recevoir);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &echange);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Echange::entete);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &echange);
    if (r.methode == "HEAD") {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    } else if (avec_corps) {
        r.corps.reprendre();
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(r.corps.taille));
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, &Echange::envoyer);
        curl_easy_setopt(curl, CURLOPT_READDATA, &echange);
        curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, &Echange::reculer);
        curl_easy_setopt(curl, CURLOPT_SEEKDATA, &echange);
    }
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, r.methode == "HEAD" ? nullptr : r.methode.c_str());

    Rendu rendu{curl_easy_perform(curl), {}};
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &echange.reponse.status);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr);
    rendre(curl);
    if (echange.panne) std::rethrow_exception(echange.panne);
    if (rendu.fin != CURLE_OK)
        rendu.raison = echange.trop_longue      ? "its answer is longer than what was asked for"
                       : arret.stop_requested() ? "asked to stop"
                       : rendu.fin == CURLE_OPERATION_TIMEDOUT ? "it does not answer"
                       : *raison                               ? raison
                                                               : curl_easy_strerror(rendu.fin);
    rendu.reponse = std::move(echange.reponse);
    if (rendu.reponse.status >= 300 || r.methode == "POST")
        rendu.reponse.code = code_d_erreur(rendu.reponse.corps);
    return rendu;
}

Reponse Client::demander(const Requete& r, const std::stop_token& arret)
{
    const int essais = r.methode == "POST" ? 1 : r.essais;
    bool a_l_heure = false;
    for (int essai = 1;; ++essai) {
        auto rendu = essayer(r, arret);
        // Our clock is wrong: theirs is the one that counts, and it is in their answer.
        if (rendu.fin == CURLE_OK && rendu.reponse.status == 403 && !a_l_heure) {
            const auto la_bas = curl_getdate(rendu.reponse.date.c_str(), nullptr);
            const auto ici = std::time(nullptr);
            const auto ecart = la_bas < 0 ? 0 : static_cast<std::int64_t>(la_bas - ici);
            if (std::abs(ecart - decalage_.load()) > client::ecart_tolere_s) {
                decalage_ = std::abs(ecart) > client::ecart_tolere_s ? ecart : 0;
                a_l_heure = true;
                continue;
            }
        }
        const bool encore =
            rendu.fin == CURLE_OK ? client::passager(rendu.reponse.status) : client::coupee(rendu.fin);
        if (!encore || essai >= essais || arret.stop_requested()) {
            if (rendu.fin != CURLE_OK)
                throw MagasinIndisponible{fmt::format("S3 {}: {} {}: {}", reglages_.adresse, r.methode,
                                                      r.cle.empty() ? "of the bucket" : "of an object",
                                                      rendu.raison)};
            return std::move(rendu.reponse);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{100 * essai * essai});
    }
}

void Client::refuser(const Requete& requete, const Reponse& r) const
{
    const std::pair<std::string_view, std::string_view> conseils[] = {
        {"SignatureDoesNotMatch", "look at fichiers.s3.secret and fichiers.s3.region"},
        {"InvalidAccessKeyId", "look at fichiers.s3.cle"},
        {"AuthorizationHeaderMalformed", "look at fichiers.s3.region"},
        {"AccessDenied", "the key may not do this: it needs to get, put, delete and list in this bucket"},
        {"RequestTimeTooSkewed", "the clock of this machine is wrong"},
        {"NoSuchBucket", "look at fichiers.s3.compartiment and fichiers.s3.style"},
        {"PermanentRedirect", "look at fichiers.s3.adresse and fichiers.s3.region"},
        {"QuotaExceeded", "the store is full"},
    };
    std::string_view conseil = r.status == 507   ? "the store is full"
                               : r.status == 301 ? "look at fichiers.s3.adresse and fichiers.s3.region"
                               : r.status == 403 ? "look at fichiers.s3.cle and fichiers.s3.secret"
                                                 : "";
    for (const auto& [code, c] : conseils)
        if (code == r.code) conseil = c;
    throw MagasinIndisponible{fmt::format("S3 {}: {} of {} was answered {}{}{}{}", reglages_.adresse,
                                          requete.methode, requete.cle.empty() ? "the bucket" : "an object",
                                          r.status, r.code.empty() ? "" : " " + r.code,
                                          conseil.empty() ? "" : ": ", conseil)};
}

Reponse Client::exiger(const Requete& requete, std::initializer_list<long> permis,
                       const std::stop_token& arret)
{
    auto r = demander(requete, arret);
    if (std::ranges::find(permis, r.status) == permis.end()) refuser(requete, r);
    return r;
}

} // namespace piece::s3
