// See magasin_s3.hpp.
#include "piece/magasin_s3.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/expect.hpp"
#include "base/time.hpp"
#include "piece/s3_reponses.hpp"

namespace piece {
namespace magasin_s3 {

constexpr std::size_t pas = 256 * 1024;
constexpr std::uint64_t taille_absurde = 1'000'000'000;
/// What a reader waits for a place among those who read, and how long a store that failed is left alone.
constexpr std::chrono::milliseconds attente_max{500};
constexpr std::chrono::seconds pause{5};
/// Putting the parts of a large object together may take the service some time.
constexpr unsigned patience_d_assemblage = 6;

std::string cle_de(std::string_view sha256)
{
    base::expect(est_sha256(sha256), "a content is named by its SHA-256");
    return std::string{sha256.substr(0, 2)} + '/' + std::string{sha256.substr(2)};
}

std::string portee(std::uint64_t position, std::size_t n)
{
    return fmt::format("bytes={}-{}", position, position + n - 1);
}

/// Total length, from « bytes 0-99/1234 ».
std::optional<std::uint64_t> taille_totale(std::string_view content_range)
{
    const auto barre = content_range.rfind('/');
    if (barre == std::string_view::npos) return std::nullopt;
    const auto texte = content_range.substr(barre + 1);
    std::uint64_t n = 0;
    const auto [fin, erreur] = std::from_chars(texte.data(), texte.data() + texte.size(), n);
    if (erreur != std::errc{} || fin != texte.data() + texte.size()) return std::nullopt;
    return n;
}

/// Untouched for that long, by the clock of the service. Told nothing usable, we take it for new.
bool repose(std::int64_t modifie_le, const std::string& date, std::chrono::seconds duree)
{
    if (duree.count() <= 0) return true;
    const auto maintenant = curl_getdate(date.c_str(), nullptr);
    return modifie_le > 0 && maintenant > 0 && modifie_le + duree.count() <= maintenant;
}

s3::Corps corps_de(Lecture& lecture)
{
    return {lecture.taille(), lecture.sha256(), [&lecture] { lecture.reprendre(); },
            [&lecture](std::string& out) { lecture.suivant(out); }};
}

/// A 404 that says nothing of the object, or bytes without a tag, are those of something else than a store.
void exiger_un_objet(const s3::Client& client, const s3::Requete& requete, const s3::Reponse& r)
{
    const bool lu = r.status == 200 || r.status == 206;
    if ((r.status == 404 && r.code != "NoSuchKey") || (lu && r.etag.empty())) client.refuser(requete, r);
}

/// Puts something and gives its tag. A server that says yes to everything gives none.
std::string poser(s3::Client& client, const s3::Requete& r, const std::stop_token& arret)
{
    auto reponse = client.exiger(r, {200}, arret);
    if (reponse.etag.empty()) client.refuser(r, reponse);
    return std::move(reponse.etag);
}

} // namespace magasin_s3

/// One read at the service: at most so many at once, and none while it is known to be away but one probe.
class MagasinS3::Passage {
public:
    explicit Passage(const MagasinS3& m) : m_(m)
    {
        std::unique_lock verrou{m_.mutex_};
        const auto limite = std::chrono::steady_clock::now() + magasin_s3::attente_max;
        for (;;) {
            const auto maintenant = std::chrono::steady_clock::now();
            if (m_.absent_) {
                if (maintenant < m_.prochain_essai_) throw MagasinIndisponible{m_.pourquoi_};
                m_.prochain_essai_ = maintenant + magasin_s3::pause; // ours is the probe
                break;
            }
            if (m_.en_cours_ < m_.lecteurs_) break;
            if (maintenant >= limite)
                throw MagasinIndisponible{"S3: as many reads as are allowed wait for it already"};
            m_.place_.wait_until(verrou, limite);
        }
        ++m_.en_cours_;
    }
    Passage(const Passage&) = delete;
    Passage& operator=(const Passage&) = delete;
    ~Passage()
    {
        {
            const std::lock_guard verrou{m_.mutex_};
            --m_.en_cours_;
        }
        m_.place_.notify_all();
    }
    void repondu()
    {
        const std::lock_guard verrou{m_.mutex_};
        m_.absent_ = false;
    }
    void absent(const std::string& pourquoi)
    {
        const std::lock_guard verrou{m_.mutex_};
        m_.absent_ = true;
        m_.pourquoi_ = pourquoi;
        m_.prochain_essai_ = std::chrono::steady_clock::now() + magasin_s3::pause;
    }

private:
    const MagasinS3& m_;
};

class LectureS3 final : public Lecture {
public:
    LectureS3(const MagasinS3& m, std::string sha256, std::uint64_t taille, std::string debut)
        : Lecture(sha256, taille, magasin_s3::pas),
          magasin_(m),
          nom_(std::move(sha256)),
          debut_(std::move(debut))
    {}

private:
    std::string morceau(std::uint64_t position, std::size_t n) override
    {
        // What came with the first answer, once.
        if (position == 0 && debut_.size() >= n) {
            auto octets = std::exchange(debut_, {});
            octets.resize(n);
            return octets;
        }
        auto octets = std::move(magasin_.lire_portee(nom_, position, n).corps);
        if (octets.size() != n) throw ContenuPerdu{"content cut in the file store while it was read"};
        return octets;
    }

    const MagasinS3& magasin_;
    std::string nom_;
    std::string debut_;
};

MagasinS3::MagasinS3(const Config::S3& reglages, unsigned lecteurs)
    : client_(reglages), lecteurs_(std::max(1U, lecteurs))
{}

s3::Reponse MagasinS3::lire_portee(std::string_view sha256, std::uint64_t position, std::size_t n) const
{
    const s3::Requete requete{.methode = "GET",
                              .cle = magasin_s3::cle_de(sha256),
                              .entetes = {{"range", magasin_s3::portee(position, n)}},
                              .reponse_max = std::max<std::size_t>(n, 64 * 1024),
                              .essais = 2};
    Passage passage{*this};
    try {
        auto r = client_.exiger(requete, {200, 206, 404, 416});
        magasin_s3::exiger_un_objet(client_, requete, r);
        passage.repondu();
        if (r.status == 404 || r.status == 416)
            throw ContenuPerdu{"content missing from the file store: " + std::string{sha256}};
        if (r.status == 200 && position > 0) client_.refuser(requete, r);
        return r;
    } catch (const MagasinIndisponible& e) {
        passage.absent(e.what());
        throw;
    }
}

std::unique_ptr<Lecture> MagasinS3::ouvrir(std::string_view sha256) const
{
    auto r = lire_portee(sha256, 0, magasin_s3::pas);
    const auto taille =
        r.status == 200 ? std::optional{std::uint64_t{r.corps.size()}} : magasin_s3::taille_totale(r.portee);
    if (!taille || *taille < r.corps.size())
        throw MagasinIndisponible{"S3: the answer does not say how long the object is"};
    // Nothing of ours is near that long: whoever reads it must not make room for it.
    if (*taille > magasin_s3::taille_absurde)
        throw ContenuPerdu{"content of an absurd length in the file store: " + std::string{sha256}};
    return std::make_unique<LectureS3>(*this, std::string{sha256}, *taille, std::move(r.corps));
}

std::optional<s3::Reponse> MagasinS3::regarder(const std::string& cle) const
{
    // Not HEAD: without a body, a missing object looks like a missing bucket.
    const s3::Requete requete{
        .methode = "GET", .cle = cle, .entetes = {{"range", magasin_s3::portee(0, 64)}}};
    auto r = client_.exiger(requete, {200, 206, 404, 416});
    magasin_s3::exiger_un_objet(client_, requete, r);
    if (r.status == 404) return std::nullopt;
    return r;
}

bool MagasinS3::existe(std::string_view sha256) const
{
    return regarder(magasin_s3::cle_de(sha256)).has_value();
}

void MagasinS3::garder(Lecture& lecture, const std::stop_token& arret)
{
    const auto cle = magasin_s3::cle_de(lecture.sha256());
    if (lecture.taille() > client_.reglages().seuil) return garder_en_morceaux(cle, lecture, arret);
    // Signed with the digest of the content: the service refuses what is not it.
    magasin_s3::poser(client_, {.methode = "PUT", .cle = cle, .corps = magasin_s3::corps_de(lecture)}, arret);
}

void MagasinS3::garder_en_morceaux(const std::string& cle, Lecture& lecture, const std::stop_token& arret)
{
    const s3::Requete demande{.methode = "POST", .cle = cle, .parametres = {{"uploads", ""}}};
    const auto envoi = s3::element(client_.exiger(demande, {200}, arret).corps, "UploadId");
    if (!envoi || envoi->empty()) throw MagasinIndisponible{"S3: an upload in parts was given no name"};
    try {
        std::string parties, morceau;
        int numero = 0;
        lecture.reprendre();
        for (bool encore = true; encore;) {
            morceau.clear();
            while (encore && morceau.size() < client_.reglages().morceau) encore = lecture.suivant(morceau);
            ++numero;
            const s3::Requete partie{
                .methode = "PUT",
                .cle = cle,
                .parametres = {{"partNumber", std::to_string(numero)}, {"uploadId", *envoi}},
                .corps = s3::corps_de(morceau)};
            parties += fmt::format("<Part><PartNumber>{}</PartNumber><ETag>{}</ETag></Part>", numero,
                                   s3::echapper(magasin_s3::poser(client_, partie, arret)));
        }
        const auto tout = fmt::format("<CompleteMultipartUpload>{}</CompleteMultipartUpload>", parties);
        const s3::Requete fin{.methode = "POST",
                              .cle = cle,
                              .parametres = {{"uploadId", *envoi}},
                              .corps = s3::corps_de(tout),
                              .patience_facteur = magasin_s3::patience_d_assemblage};
        const auto r = client_.exiger(fin, {200}, arret);
        // The status leaves before the work is done: only the document says how it ended.
        if (r.corps.find("<CompleteMultipartUploadResult") == std::string::npos) client_.refuser(fin, r);
    } catch (...) {
        try {
            client_.demander(
                {.methode = "DELETE", .cle = cle, .parametres = {{"uploadId", *envoi}}, .essais = 1});
        } catch (const MagasinIndisponible&) { // left to the rule of the bucket (docs/exploitation.md)
        }
        throw;
    }
}

bool MagasinS3::retirer(std::string_view sha256, std::chrono::seconds repos)
{
    const auto cle = magasin_s3::cle_de(sha256);
    const auto vu = regarder(cle);
    if (!vu || !magasin_s3::repose(curl_getdate(vu->modifie_le.c_str(), nullptr), vu->date, repos))
        return false;
    client_.exiger({.methode = "DELETE", .cle = cle}, {200, 204, 404});
    return true;
}

void MagasinS3::parcourir(std::chrono::seconds repos,
                          const std::function<void(const std::string&)>& visiter) const
{
    const auto& prefixe = client_.reglages().prefixe;
    std::string suite;
    do {
        s3::Requete requete{.methode = "GET", .cle = "", .parametres = {{"list-type", "2"}}};
        if (!prefixe.empty()) requete.parametres.emplace_back("prefix", prefixe);
        if (!suite.empty()) requete.parametres.emplace_back("continuation-token", suite);
        requete.reponse_max = 8 << 20;
        const auto r = client_.exiger(requete, {200});
        const auto liste = s3::lire_liste(r.corps);
        if (!liste) throw MagasinIndisponible{"S3: the list of the bucket cannot be read"};
        for (const auto& o : liste->objets) {
            std::string_view cle{o.cle};
            if (!cle.starts_with(prefixe)) continue;
            cle.remove_prefix(prefixe.size());
            if (cle.size() != 65 || cle[2] != '/') continue;
            std::string sha{cle.substr(0, 2)};
            sha += cle.substr(3);
            const auto le = base::parse_instant(o.modifie_le);
            if (est_sha256(sha) && magasin_s3::repose(le ? le->ms / 1000 : 0, r.date, repos)) visiter(sha);
        }
        if (!suite.empty() && liste->suite == suite)
            throw MagasinIndisponible{"S3: the list of the bucket never ends"};
        suite = liste->suite;
    } while (!suite.empty());
}

std::string MagasinS3::marque(std::string_view proposee)
{
    const std::string cle = "base";
    if (const auto posee = regarder(cle)) return posee->corps;
    magasin_s3::poser(client_, {.methode = "PUT", .cle = cle, .corps = s3::corps_de(proposee)}, {});
    // Two databases may have found it bare at once: the last mark is the one.
    const auto posee = regarder(cle);
    return posee ? posee->corps : std::string{proposee};
}

} // namespace piece
